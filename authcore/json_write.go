package authcore

// jsonEscape gives what stands between the quotes of a JSON string for s, which
// is UTF-8.
func jsonEscape(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\')
		case c < ' ':
			out = append(out, '\\', 'u', '0', '0', hexDigits[c>>4])
			c = hexDigits[c&15]
		}
		out = append(out, c)
	}
	return string(out)
}
