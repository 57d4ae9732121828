package wire

import "math"

// Reader reads a message. What is not there reads as the zero value, so a
// reader that asks for too much gets nothing of anything else.
type Reader struct {
	message string
	number  uint32 // offset of the next number
	length  uint32 // offset of the next text's length
	text    uint32 // offset of the next text
	lengths uint32 // offset where the numbers end and the lengths begin
	texts   uint32 // offset where the lengths end and the texts begin
}

// Cut splits messages that stand one behind the other into the first and the
// rest. What has no size is all of it the first, which a reader then refuses.
func Cut(messages string) (first, rest string) {
	if len(messages) >= headerSize {
		if size := uint64(uint32At(messages, 0)); size >= headerSize && size <= uint64(len(messages)) {
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
	size, is := uint64(uint32At(message, 0)), Kind(uint32At(message, 4))
	numbers, texts := uint64(uint32At(message, 8)), uint64(uint32At(message, 12))
	rest := headerSize + 8*numbers + 4*texts
	if is != kind || size != uint64(len(message)) || rest > size {
		return r, false
	}
	end := rest
	for at := headerSize + 8*numbers; at < rest; at += 4 {
		if length := uint32At(message, uint32(at)); length != null {
			end += uint64(length)
		}
	}
	if end != size {
		return r, false
	}
	lengths := uint32(headerSize + 8*numbers)
	return &Reader{message, headerSize, lengths, uint32(rest), lengths, uint32(rest)}, true
}

// Number reads the next number.
func (r *Reader) Number() float64 {
	if r.number >= r.lengths {
		return 0
	}
	low, high := uint32At(r.message, r.number), uint32At(r.message, r.number+4)
	r.number += 8
	return math.Float64frombits(uint64(high)<<32 | uint64(low))
}

// Bool reads the next number as a truth value.
func (r *Reader) Bool() bool { return r.Number() != 0 }

// Text reads the next text; null reads as "".
func (r *Reader) Text() string {
	if !r.More() {
		return ""
	}
	length := uint32At(r.message, r.length)
	r.length += 4
	if length == null {
		return ""
	}
	s := r.message[r.text : r.text+length]
	r.text += length
	return s
}

// More tells whether another text follows.
func (r *Reader) More() bool { return r.length < r.texts }

func uint32At(s string, at uint32) uint32 {
	return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16 | uint32(s[at+3])<<24
}
