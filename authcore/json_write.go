package authcore

const lowerHex = "0123456789abcdef"

// appendJSONString appends s as a JSON string. Bytes that are no UTF-8 become
// U+FFFD.
func appendJSONString(out []byte, s string) []byte {
	out = append(out, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\', byte(c))
		case c < ' ':
			out = append(out, '\\', 'u', '0', '0', lowerHex[c>>4], lowerHex[c&15])
		default:
			out = appendRune(out, c)
		}
	}
	return append(out, '"')
}
