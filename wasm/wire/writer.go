package wire

import "math"

// Writer writes a message. Numbers and texts may be written in any order; each
// stand in their own.
type Writer struct {
	out []byte // nil while sizes are counted
	// Offsets of the next number, length and text; while sizes are counted,
	// how many bytes there are of each.
	number, length, text uint32
}

// Message gives the message that write writes. It is called twice, the first
// time to count: so no buffer grows, which a list of thousands would pay for.
func Message(kind Kind, write func(*Writer)) []byte {
	var count Writer
	write(&count)
	w := Writer{number: headerSize, length: headerSize + count.number}
	w.text = w.length + count.length
	w.out = make([]byte, w.text+count.text)
	w.uint32(0, uint32(len(w.out)))
	w.uint32(4, uint32(kind))
	w.uint32(8, count.number/8)
	w.uint32(12, count.length/4)
	write(&w)
	return w.out
}

// Number writes a number.
func (w *Writer) Number(f float64) {
	bits := math.Float64bits(f)
	w.uint32(w.number, uint32(bits))
	w.uint32(w.number+4, uint32(bits>>32))
	w.number += 8
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
	w.uint32(w.length, uint32(len(s)))
	w.length += 4
	if w.out != nil {
		copy(w.out[w.text:], s)
	}
	w.text += uint32(len(s))
}

// Optional writes a text, or null for "".
func (w *Writer) Optional(s string) {
	if s == "" {
		w.uint32(w.length, null)
		w.length += 4
		return
	}
	w.Text(s)
}

func (w *Writer) uint32(at, u uint32) {
	if w.out != nil {
		b := w.out[at : at+4]
		b[0], b[1], b[2], b[3] = byte(u), byte(u>>8), byte(u>>16), byte(u>>24)
	}
}
