package authcore

// longestQuote is how many bytes of a server's text an error quotes at most.
const longestQuote = 1 << 10

// Quote gives what a server or a network says, for an error to quote; "" where an
// error must not. Errors end in logs, and some servers and proxies say what they
// were asked: so all of a text is left out that tells the password, the code, the
// verifier or the token, as it is or escaped. (To put something in their places
// would tell where they were, and of a password of one letter where it was not.)
// So is one that is long, or has control characters, which a log or a terminal may
// obey.
func (x *Exchange) Quote(said string) string {
	if len(said) > longestQuote {
		return ""
	}
	for rest := said; rest != ""; rest = rest[1:] {
		if rest[0] < ' ' || rest[0] == 0x7F || x.secret != "" && begins(rest, x.secret) ||
			x.otherSecret() != "" && begins(rest, x.otherSecret()) {
			return ""
		}
	}
	return said
}

// begins tells whether a text begins with a secret, as it is or with the escapes
// of an address or of JSON.
func begins(text, secret string) bool {
	for !hasPrefix(text, secret) {
		switch {
		case text == "":
			return false
		case len(text) > 2 && text[0] == '%' && hexDigit(text[1])<<4|hexDigit(text[2]) == int(secret[0]):
			text, secret = text[3:], secret[1:]
		case text[0] == secret[0] || withOAuth2 && text[0] == '+' && secret[0] == ' ':
			text, secret = text[1:], secret[1:]
		case text[0] == '\\':
			text = text[1:]
		default:
			return false
		}
	}
	return true
}
