package authcore

// The few helpers that package strings would bring along with 69 KB of
// Unicode tables.

func indexByte(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i
		}
	}
	return -1
}

func hasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// sameName compares a user's name with another without the case of letters. To
// what a name consists of, that one bit is nothing else.
func sameName(name, other string) bool {
	if len(name) != len(other) {
		return false
	}
	for i := 0; i < len(name); i++ {
		if name[i]|0x20 != other[i]|0x20 {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlphanumeric(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

const hexDigits = "0123456789ABCDEF"

// percentEncode escapes all but RFC 3986's unreserved characters, so that the
// result stands for itself in a path segment and in a query.
func percentEncode(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !isAlphanumeric(c) && indexByte("-._~", c) < 0 {
			out = append(out, '%', hexDigits[c>>4])
			c = hexDigits[c&15]
		}
		out = append(out, c)
	}
	return string(out)
}

// itoa is strconv.Itoa for what is not negative.
func itoa(n int) string {
	digits := [20]byte{}
	at := len(digits)
	for {
		at--
		digits[at] = byte('0' + n%10)
		n /= 10
		if n == 0 {
			return string(digits[at:])
		}
	}
}

// beginsControl tells whether a text, which is not empty, begins with a control character.
func beginsControl(s string) bool {
	return s[0] < ' ' || s[0] == 0x7F || s[0] == 0xC2 && len(s) > 1 && s[1] < 0xA0
}
