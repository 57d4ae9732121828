package wire

import "math"

// Reader reads a message. What is not there reads as the zero value, so a
// reader that asks for too much gets nothing of anything else.
type Reader struct {
	message string
	number  int // offset of the next number
	length  int // offset of the next text's length
	text    int // offset of the next text
	lengths int // offset where the numbers end and the lengths begin
	texts   int // offset where the lengths end and the texts begin
}

// Cut splits messages that stand one behind the other into the first and the
// rest. What has no size is all of it the first, which a reader then refuses.
func Cut(messages string) (first, rest string) {
	if len(messages) >= headerSize {
		if size := sizeAt(messages, 0); size >= headerSize && size <= len(messages) {
			return messages[:size], messages[size:]
		}
	}
	return messages, ""
}

// NewReader gives a reader of a message of the kind; ok tells whether its sizes
// add up. Texts are parts of the message, not copies.
func NewReader(kind Kind, message string) (r *Reader, ok bool) {
	r = &Reader{}
	if len(message) < headerSize || len(message) > MaxSize {
		return r, false
	}
	lengths := headerSize + 8*sizeAt(message, 16)
	texts := lengths + 8*sizeAt(message, 24)
	if sizeAt(message, 0) != len(message) || sizeAt(message, 8) != int(kind) || texts > len(message) {
		return r, false
	}
	end := texts
	for at := lengths; at < texts && end <= len(message); at += 8 {
		end += sizeAt(message, at)
	}
	if end != len(message) {
		return r, false
	}
	return &Reader{message, headerSize, lengths, texts, lengths, texts}, true
}

// Number reads the next number.
func (r *Reader) Number() float64 {
	if r.number >= r.lengths {
		return 0
	}
	f := float64At(r.message, r.number)
	r.number += 8
	return f
}

// Bool reads the next number as a truth value.
func (r *Reader) Bool() bool { return r.Number() != 0 }

// Text reads the next text; null reads as "".
func (r *Reader) Text() string {
	if !r.More() {
		return ""
	}
	start := r.text
	r.text += sizeAt(r.message, r.length)
	r.length += 8
	return r.message[start:r.text]
}

// More tells whether another text follows.
func (r *Reader) More() bool { return r.length < r.texts }

// sizeAt reads a number as a size: what is negative, as null is, is none, and
// what is larger than a message can be (or not a number) is as large.
func sizeAt(s string, at int) int {
	switch f := float64At(s, at); {
	case f < 0:
		return 0
	case f <= MaxSize:
		return int(f)
	}
	return MaxSize + 1
}

func float64At(s string, at int) float64 {
	var bits uint64
	for i := 7; i >= 0; i-- {
		bits = bits<<8 | uint64(s[at+i])
	}
	return math.Float64frombits(bits)
}
