//go:build !tinygo || oauth2

package authcore

// OAuth2 is a public client of a server's OAuth2 (RFC 6749 with PKCE, RFC 7636):
// how a page of another origin than the server's signs in. Its requests go
// without cookies, and none of them is retried by itself but [OAuth2.GetUser]:
// a code counts once, and traQ ends a token as soon as it is renewed.
type OAuth2 struct {
	// API is the server, and the access token that [OAuth2.GetUser] sends.
	API *API
	// ClientID is what the server calls the client.
	ClientID string
	// RedirectURI is where the server leads back to: absolute and normalized,
	// as a URL parser gives it, and exactly what is registered.
	RedirectURI string
	// Scope is what to ask for: "read write".
	Scope string
}

const (
	longestClientID = 1 << 8
	longestURI      = 1 << 11
	longestScope    = 1 << 10
	longestToken    = 1 << 12
)

// check refuses a client with which no call of it can succeed.
func (o *OAuth2) check(op string) *Error {
	if !isPrintable(o.ClientID, longestClientID) {
		return invalidArgument(op, "clientId must be the client's id at the server: 1 to 256 characters of printable ASCII")
	}
	origin, credentials := originOf(o.RedirectURI)
	why := ""
	switch {
	case origin == "":
		why = "absolute, with http or https"
	case credentials:
		why = "without user name and password"
	case indexByte(o.RedirectURI, '#') >= 0:
		why = "without #"
	case !isPrintable(o.RedirectURI, longestURI) || indexByte(o.RedirectURI, ' ') >= 0:
		why = "at most 2048 characters of ASCII without spaces"
	}
	if why != "" {
		return invalidArgument(op, "redirectURI must be "+why+", exactly as it is registered")
	}
	if !isScope(o.Scope) {
		return invalidArgument(op, "scope must be names of printable ASCII without spaces, quotes and backslashes")
	}
	return nil
}

// post is an exchange that begins with a form (RFC 6749, appendix B).
func (o *OAuth2) post(op, path, body string) *Exchange {
	x := o.API.exchange(op, "POST", path, 200)
	x.Request.Credentials = CredentialsOmit
	x.Request.Body = body
	x.form = true
	return x
}

// form is a template of application/x-www-form-urlencoded with the values in the
// places of its asterisks. A space is %20, which decodes to the same as a plus sign.
func form(template string, values ...string) string {
	out := ""
	for i := range values {
		var before string
		before, template = cut(template, '*')
		out += before + percentEncode(values[i])
	}
	return out
}
