//go:build !tinygo || oauth2

package authcore

// isPrintable tells whether a text is 1 to longest of VSCHAR, of which RFC 6749,
// appendix A, makes most of what it has.
func isPrintable(s string, longest int) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return s != "" && len(s) <= longest
}

// isScope tells whether a text is scope-tokens with one space between each (RFC
// 6749, section 3.3).
func isScope(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' || s[i] == '\\' || s[i] == ' ' && last == ' ' {
			return false
		}
		last = s[i]
	}
	return last != ' ' && isPrintable(s, longestScope)
}

// indexWord gives which of the words that spaces part a word is; -1 where it is none.
func indexWord(words, word string) int {
	for i := 0; words != ""; i++ {
		var one string
		if one, words = cut(words, ' '); one == word {
			return i
		}
	}
	return -1
}

// isKey tells whether a text can be a verifier or a challenge (RFC 7636, sections
// 4.1 and 4.2), and a state that is as hard to guess.
func isKey(s string) bool {
	return len(s) >= 43 && len(s) <= 128 && consistsOf(s, "-._~")
}

// isToken tells whether a text is a b64token (RFC 6750, section 2.1).
func isToken(s string) bool {
	whole := len(s)
	for len(s) > 1 && s[len(s)-1] == '=' {
		s = s[:len(s)-1]
	}
	return s != "" && whole <= longestToken && consistsOf(s, "-._~+/")
}

// consistsOf tells whether a text has nothing but letters, digits and signs.
func consistsOf(s, signs string) bool {
	for i := 0; i < len(s); i++ {
		if !isAlphanumeric(s[i]) && indexByte(signs, s[i]) < 0 {
			return false
		}
	}
	return true
}

// cut gives what is before and behind the first separator.
func cut(s string, separator byte) (before, after string) {
	if i := indexByte(s, separator); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}
