package authcore

// longestQuote is how many bytes of a server's text an error quotes at most.
const longestQuote = 1 << 10

// deepestQuote is how many times what an error quotes may have been quoted by others.
const deepestQuote = 2

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
		if beginsControl(rest) || x.secret != "" && begins(rest, x.secret, deepestQuote) ||
			x.otherSecret() != "" && begins(rest, x.otherSecret(), deepestQuote) {
			return ""
		}
	}
	return said
}

// begins tells whether a text begins with a secret, as it is or with the escapes
// of JSON or of an address; so many times one within the other.
func begins(text, secret string, times int) bool {
	if hasPrefix(text, secret) {
		return true
	}
	for kind := jsonEscapes; times > 0 && kind <= formEscapes; kind++ {
		plain, _ := unescape(text, kind)
		if plain != text && begins(plain, secret, times-1) {
			return true
		}
	}
	return false
}
