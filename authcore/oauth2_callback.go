//go:build !tinygo || oauth2

package authcore

// Callback is the server's answer in the query of the address that it led back to
// (RFC 6749, sections 4.1.2 and 4.1.2.1): a code or an error, and what belongs to it.
type Callback struct {
	values [6]string
	seen   int
	wrong  string
}

const (
	parameters = "code error state error_description error_uri iss"

	callbackCode = iota - 1
	callbackError
	callbackState
	callbackDescription
	_
	callbackIssuer
)

// Add adds a parameter of the query, as a URL parser decodes it. Other parameters
// than an answer's are the page's own.
func (c *Callback) Add(name, value string) {
	i := indexWord(parameters, name)
	if i < 0 {
		return
	}
	if c.seen&(1<<i) != 0 {
		c.wrong = name + " is there twice"
	}
	c.seen |= 1 << i
	if value != "" {
		c.values[i] = value
	}
}

// readCallback gives the parameters of an answer. In a page, anybody may have led
// there with any query; so nothing of it is in an error.
func (o *OAuth2) readCallback(callback *Callback) (answer [6]string, err *Error) {
	c, wrong := callback.values, callback.wrong
	// What has no value counts as left out (section 3.1).
	if c[callbackCode] == "" && c[callbackError] == "" {
		return answer, nil
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
		return answer, stateMismatch()
	}
	if wrong != "" {
		return answer, invalidCallback(wrong)
	}
	return c, nil
}

func invalidCallback(why string) *Error {
	return newError(OpCompleteLogin, CodeInvalidResponse, "the address has no answer of traQ's: "+why)
}

func stateMismatch() *Error {
	return newError(OpCompleteLogin, CodeStateMismatch, "the answer is not to the login that was started here; log in again")
}
