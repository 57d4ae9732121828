//go:build !tinygo || oauth2

package authcore

// callback is the server's answer in the address that it led back to (RFC 6749,
// sections 4.1.2 and 4.1.2.1): its parameters, which are a code or an error and
// what belongs to it.
type callback [6]string

const (
	parameters = "code error state error_description error_uri iss"

	callbackCode = iota - 1
	callbackError
	callbackState
	callbackDescription
	_
	callbackIssuer
)

// CallbackState gives the state in the server's answer, by which to find the
// transaction that [OAuth2.CompleteLogin] needs; "" where the address has no
// answer, whatever else its query may have.
func (o *OAuth2) CallbackState(url string) (state string, err *Error) {
	c, err := o.readCallback(url)
	return c[callbackState], err
}

// readCallback reads the answer in a URL's query. In a page, anybody may have led
// there with any query; so nothing of it is in an error.
func (o *OAuth2) readCallback(url string) (callback, *Error) {
	var c callback
	url, _ = cut(url, '#')
	_, query := cut(url, '?')
	answer, seen, wrong := false, 0, ""
	for query != "" {
		var pair string
		pair, query = cut(query, '&')
		name, value := cut(pair, '=')
		name, _ = formDecode(name)
		for i, rest := 0, parameters; rest != ""; i++ {
			var parameter string
			if parameter, rest = cut(rest, ' '); parameter != name {
				continue
			}
			ok := false
			if c[i], ok = formDecode(value); !ok {
				wrong = name + " is not encoded as in a form"
			}
			if seen&(1<<i) != 0 {
				wrong = name + " is there twice"
			}
			seen |= 1 << i
			// What has no value counts as left out (section 3.1).
			answer = answer || i <= callbackError && value != ""
		}
	}
	if !answer {
		return callback{}, nil
	}
	origin, _ := originOf(o.API.BaseURL)
	switch {
	case wrong != "":
	case c[callbackCode] != "" && c[callbackError] != "":
		wrong = "both a code and an error"
	case c[callbackIssuer] != "" && c[callbackIssuer] != origin: // RFC 9207, section 2.4
		wrong = "iss is another server"
	case c[callbackError] == "" && !isPrintable(c[callbackCode], longestToken):
		wrong = "code has characters that none has, or over 4096"
	case !isKey(c[callbackState]):
		return callback{}, stateMismatch()
	}
	if wrong != "" {
		return callback{}, invalidCallback(wrong)
	}
	return c, nil
}

func invalidCallback(why string) *Error {
	return &Error{Op: OpCompleteLogin, Code: CodeInvalidResponse, Message: "the address has no answer of traQ's: " + why}
}

func stateMismatch() *Error {
	return &Error{Op: OpCompleteLogin, Code: CodeStateMismatch, Message: "the answer is not to the login that was started here; log in again"}
}
