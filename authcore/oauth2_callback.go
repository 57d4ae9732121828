//go:build !tinygo || oauth2

package authcore

// callback is the server's answer in the address that it led back to (RFC 6749,
// sections 4.1.2 and 4.1.2.1): a state, and a code or an error.
type callback struct {
	state, code, error, description string
}

// CallbackState gives the state in the server's answer, by which to find the
// transaction that [OAuth2.CompleteLogin] needs; "" where the address has no
// answer, whatever else its query may have.
func (o *OAuth2) CallbackState(url string) (state string, err *Error) {
	c, err := o.readCallback(url)
	return c.state, err
}

// readCallback reads the answer in a URL's query. In a page, anybody may have led
// there with any query; so nothing of it is in an error.
func (o *OAuth2) readCallback(url string) (callback, *Error) {
	var c callback
	var uri, issuer string
	parameters := [...]member{
		{"code", &c.code},
		{"error", &c.error},
		{"state", &c.state},
		{"error_description", &c.description},
		{"error_uri", &uri},
		{"iss", &issuer},
	}
	url, _ = cut(url, '#')
	_, query := cut(url, '?')
	answer, seen, wrong := false, 0, ""
	for query != "" {
		var pair string
		pair, query = cut(query, '&')
		name, value := cut(pair, '=')
		name, _ = formDecode(name)
		for i, p := range &parameters {
			if p.name != name {
				continue
			}
			ok := false
			if *p.value, ok = formDecode(value); !ok {
				wrong = name + " is not encoded as in a form"
			}
			if seen&(1<<i) != 0 {
				wrong = name + " is there twice"
			}
			seen |= 1 << i
			// What has no value counts as left out (section 3.1).
			answer = answer || i < 2 && value != ""
		}
	}
	if !answer {
		return callback{}, nil
	}
	origin, _ := originOf(o.API.BaseURL)
	switch {
	case wrong != "":
	case c.code != "" && c.error != "":
		wrong = "it has both a code and an error"
	case issuer != "" && issuer != origin: // RFC 9207, section 2.4
		wrong = "iss is another server"
	case c.error == "" && !isPrintable(c.code, longestToken):
		wrong = "code has characters that none has, or over 4096"
	case !isKey(c.state):
		return callback{}, stateMismatch()
	}
	if wrong != "" {
		return callback{}, &Error{Op: OpCompleteLogin, Code: CodeInvalidResponse, Message: "the address has no answer that traQ gives: " + wrong}
	}
	return c, nil
}

func stateMismatch() *Error {
	return &Error{Op: OpCompleteLogin, Code: CodeStateMismatch, Message: "the answer is not to the login that was started here; log in again"}
}
