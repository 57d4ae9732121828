package wire

import "math"

// Writer writes a message. Numbers and texts may be written in any order; each
// stand in their own.
type Writer struct {
	out []byte // nil while sizes are counted
	// Offsets of the next number, length and text; while sizes are counted,
	// how many bytes there are of each.
	number, length, text int
}

// Message gives the message that write writes. It is called twice, the first
// time to count: so no buffer grows, which a list of thousands would pay for.
func Message(kind Kind, write func(*Writer)) []byte {
	var count Writer
	write(&count)
	w := Writer{number: headerSize, length: headerSize + count.number}
	w.text = w.length + count.length
	w.out = make([]byte, w.text+count.text)
	w.float64(0, float64(len(w.out)))
	w.float64(8, float64(kind))
	w.float64(16, float64(count.number/8))
	w.float64(24, float64(count.length/8))
	write(&w)
	return w.out
}

// Number writes a number.
func (w *Writer) Number(f float64) {
	w.float64(w.number, f)
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
	w.float64(w.length, float64(len(s)))
	w.length += 8
	if w.out != nil {
		copy(w.out[w.text:], s)
	}
	w.text += len(s)
}

// Optional writes a text, or null for "".
func (w *Writer) Optional(s string) {
	if s == "" {
		w.float64(w.length, null)
		w.length += 8
		return
	}
	w.Text(s)
}

func (w *Writer) float64(at int, f float64) {
	if w.out != nil {
		bits := math.Float64bits(f)
		for i := range 8 {
			w.out[at+i] = byte(bits >> (8 * i))
		}
	}
}
