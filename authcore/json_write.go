package authcore

const lowerHex = "0123456789abcdef"

// appendJSONString appends s, which is UTF-8, as a JSON string.
func appendJSONString(out []byte, s string) []byte {
	out = append(out, '"')
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c < ' ':
			out = append(out, '\\', 'u', '0', '0', lowerHex[c>>4], lowerHex[c&15])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}
