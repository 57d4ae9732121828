package authcore

// malformed says what is wrong with all but a text that lacks something; the
// byte at which it is says more.
const malformed = "its JSON is not the API's"

// maxDepth bounds how deep a response may nest; traQ's do to three.
const maxDepth = 64

// jsonReader reads one JSON text (RFC 8259) from front to back, without
// building a tree. The first thing wrong ends it: from then on more is false,
// the readers give zero values, and end tells what it was.
//
//	for r.open('{'); r.more('}'); {
//		switch r.key() {
//		case "id":
//			id = r.string()
//		default:
//			r.skipValue()
//		}
//	}
//	wrong := r.end()
type jsonReader struct {
	text  string
	pos   int
	depth int
	// fresh tells that a container was opened and nothing in it was read.
	fresh bool
	// wrong is what is wrong with the text, and where; "" is nothing.
	wrong string
}

func (r *jsonReader) fail(what string) {
	if r.wrong == "" {
		if flatBodies {
			r.wrong = what
		} else {
			r.wrong = what + " at byte " + itoa(r.pos)
		}
	}
	r.pos = len(r.text) // so that every loop ends
}

// peek gives the next byte that is not white space, 0 at the end.
func (r *jsonReader) peek() byte {
	for r.pos < len(r.text) {
		switch c := r.text[r.pos]; c {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			if r.pos == 0 && hasPrefix(r.text, "\uFEFF") {
				r.pos = len("\uFEFF") // as whoever decodes UTF-8 for JSON drops a byte order mark
				continue
			}
			return c
		}
	}
	return 0
}

// open begins an object ('{') or an array ('[').
func (r *jsonReader) open(bracket byte) {
	if r.peek() != bracket || r.depth == maxDepth {
		r.fail(malformed)
		return
	}
	r.depth++
	r.pos++
	r.fresh = true
}

// more tells whether another member follows before the closing bracket, and
// goes to it.
func (r *jsonReader) more(bracket byte) bool {
	if r.wrong != "" {
		return false
	}
	c := r.peek()
	switch {
	case c == bracket:
		r.pos++
		r.depth--
		r.fresh = false
		return false
	case r.fresh:
		r.fresh = false
		return true
	case c == ',':
		r.pos++
		return true
	}
	r.fail(malformed)
	return false
}

// key reads a member's name and the colon behind it.
func (r *jsonReader) key() string {
	key := r.string()
	if r.peek() != ':' {
		r.fail(malformed)
		return ""
	}
	r.pos++
	return key
}

// string reads a string. Without escapes it is not copied: it stays a part of
// the text. Bytes that are no UTF-8 stay too; see [Response.Body].
func (r *jsonReader) string() string {
	if r.peek() != '"' {
		r.fail(malformed)
		return ""
	}
	r.pos++
	start, escaped := r.pos, false
	for r.pos < len(r.text) && r.text[r.pos] >= ' ' {
		c := r.text[r.pos]
		r.pos++
		switch {
		case c == '\\':
			escaped = true
			r.pos++ // whatever is escaped does not end the string
		case c == '"' && escaped:
			text, ok := unescape(r.text[start:r.pos-1], jsonEscapes)
			if !ok {
				r.fail(malformed)
			}
			return text
		case c == '"':
			return r.text[start : r.pos-1]
		}
	}
	r.fail(malformed)
	return ""
}

// What unescape decodes: the escapes of a JSON string, of an address, or of a form.
const (
	jsonEscapes = iota
	percentEscapes
	formEscapes
)

// unescape gives what a string's text stands for, and whether all its escapes are
// JSON's: of any other one, it leaves the backslash out.
func unescape(s string, kind int) (text string, ok bool) {
	ok = true
	out := make([]byte, 0, len(s))
	for s != "" {
		c := s[0]
		s = s[1:]
		if c == '\\' && kind == jsonEscapes && s != "" {
			c = s[0]
			s = s[1:]
			if c == 'u' && withCookie {
				var char rune
				if char, s = escapedRune(s); char >= 0 {
					out = append(out, string(char)...)
					continue
				}
			} else if char := hex4(s); c == 'u' && char >= 0 { // the OAuth2 client's secrets are ASCII
				c, s = byte(char), s[4:]
			}
			if at := indexByte(`"\/bfnrt`, c); withCookie && at >= 0 {
				c = "\"\\/\b\f\n\r\t"[at]
			} else {
				ok = false
			}
		} else if c == '+' && kind == formEscapes {
			c = ' '
		} else if c == '%' && kind != jsonEscapes && len(s) > 1 {
			if code := hexDigit(s[0])<<4 | hexDigit(s[1]); code >= 0 {
				c = byte(code)
				s = s[2:]
			}
		}
		out = append(out, c)
	}
	return string(out), ok
}

// escapedRune reads what follows \u, and the second half of a surrogate pair; it
// gives what is behind. A half without its other is U+FFFD; what is malformed is
// negative.
func escapedRune(s string) (char rune, rest string) {
	high := hex4(s)
	if high < 0 {
		return high, s
	}
	s = s[4:]
	if high < 0xD800 || high > 0xDFFF {
		return high, s
	}
	if high < 0xDC00 && hasPrefix(s, `\u`) {
		if low := hex4(s[2:]); low >= 0xDC00 && low <= 0xDFFF {
			return (high-0xD800)<<10 | (low - 0xDC00) + 0x10000, s[6:]
		}
	}
	return '\uFFFD', s // what follows stands for itself
}

// hex4 reads four hexadecimal digits; it is negative where they are not there.
func hex4(s string) (value rune) {
	if len(s) < 4 {
		return -1
	}
	for i := 0; i < 4; i++ {
		value = value<<4 | rune(hexDigit(s[i])) // what was negative stays so
	}
	return value
}

func hexDigit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// bool reads true or false.
func (r *jsonReader) bool() bool {
	if r.peek() == 't' {
		r.literal("true")
		return r.wrong == ""
	}
	r.literal("false")
	return false
}

func (r *jsonReader) literal(word string) {
	if !hasPrefix(r.text[r.pos:], word) {
		r.fail(malformed)
		return
	}
	r.pos += len(word)
}

// skipValue reads a value of any kind and forgets it.
func (r *jsonReader) skipValue() {
	switch c := r.peek(); {
	case c == '{':
		for r.open('{'); r.more('}'); {
			r.key()
			r.skipValue()
		}
	case c == '[':
		for r.open('['); r.more(']'); {
			r.skipValue()
		}
	case c == '"':
		r.string()
	case c == 't' || c == 'f':
		r.bool()
	case c == 'n':
		r.literal("null")
	default:
		r.number()
	}
}

// number reads over a number; no answer that is read here has one.
func (r *jsonReader) number() {
	if r.at('-') {
		r.pos++
	}
	if r.at('0') {
		r.pos++
	} else {
		r.digits()
	}
	if r.at('.') {
		r.pos++
		r.digits()
	}
	if r.at('e') || r.at('E') {
		r.pos++
		if r.at('+') || r.at('-') {
			r.pos++
		}
		r.digits()
	}
}

func (r *jsonReader) at(c byte) bool { return r.pos < len(r.text) && r.text[r.pos] == c }

func (r *jsonReader) digits() {
	start := r.pos
	for r.pos < len(r.text) && isDigit(r.text[r.pos]) {
		r.pos++
	}
	if r.pos == start {
		r.fail(malformed)
	}
}

// require says that a member must have been there.
func (r *jsonReader) require(found bool, name string) {
	if !found {
		r.fail("its JSON lacks " + name)
	}
}

// end gives what was wrong with the text, the whole of which must be read; ""
// is nothing.
func (r *jsonReader) end() string {
	if flatBodies {
		return r.wrong
	}
	if r.peek(); r.pos < len(r.text) {
		r.fail(malformed)
	}
	return r.wrong
}
