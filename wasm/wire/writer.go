package wire

import "math"

// Writer builds a message. Numbers and texts may be written in any order; each
// stand in their own.
type Writer struct {
	kind    Kind
	numbers []byte
	lengths []byte
	texts   []byte
}

// NewWriter gives an empty message of a kind.
func NewWriter(kind Kind) *Writer { return &Writer{kind: kind} }

// Number writes a number.
func (w *Writer) Number(f float64) {
	bits := math.Float64bits(f)
	w.numbers = appendUint32(appendUint32(w.numbers, uint32(bits)), uint32(bits>>32))
}

// Bool writes a truth value.
func (w *Writer) Bool(b bool) {
	if b {
		w.Number(1)
	} else {
		w.Number(0)
	}
}

// Text writes a text, as it is.
func (w *Writer) Text(s string) {
	w.lengths = appendUint32(w.lengths, uint32(len(s)))
	w.texts = append(w.texts, s...)
}

// Optional writes a text, or null for "".
func (w *Writer) Optional(s string) {
	if s == "" {
		w.lengths = appendUint32(w.lengths, null)
		return
	}
	w.Text(s)
}

// Bytes gives the message.
func (w *Writer) Bytes() []byte {
	size := headerSize + len(w.numbers) + len(w.lengths) + len(w.texts)
	out := make([]byte, 0, size)
	out = appendUint32(out, uint32(size))
	out = appendUint32(out, uint32(w.kind))
	out = appendUint32(out, uint32(len(w.numbers)/8))
	out = appendUint32(out, uint32(len(w.lengths)/4))
	out = append(out, w.numbers...)
	out = append(out, w.lengths...)
	return append(out, w.texts...)
}

func appendUint32(out []byte, u uint32) []byte {
	return append(out, byte(u), byte(u>>8), byte(u>>16), byte(u>>24))
}
