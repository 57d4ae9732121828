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
		return newError(op, CodeInvalidArgument, "clientId must be the client's id at the server: 1 to 256 characters of printable ASCII")
	}
	origin, credentials := originOf(o.RedirectURI)
	if origin == "" || credentials || indexByte(o.RedirectURI, '#') >= 0 || indexByte(o.RedirectURI, ' ') >= 0 || !isPrintable(o.RedirectURI, longestURI) {
		return newError(op, CodeInvalidArgument, "redirectURI must be absolute with http or https, without #, user name and password, at most 2048 characters of ASCII without spaces, exactly as it is registered")
	}
	if !isScope(o.Scope) {
		return newError(op, CodeInvalidArgument, "scope must be names of printable ASCII without spaces, quotes and backslashes")
	}
	return nil
}

// post is an exchange that begins with a form (RFC 6749, appendix B), in which are
// secrets, one or two.
func (o *OAuth2) post(op, path, template, secret, other string) *Exchange {
	x := o.API.exchange(op, "POST", path, 200)
	x.Request.Credentials = CredentialsOmit
	x.Request.Body = form(template, [5]string{o.ClientID, o.RedirectURI, o.Scope, secret, other})
	x.form = true
	x.secret, x.verifier = secret, other
	return x
}

// form is a template of application/x-www-form-urlencoded, in which the byte i stands
// for values[i]; behind the last of these nothing follows. A space is %20, which
// decodes to the same as a plus sign.
func form(template string, values [5]string) string {
	out := ""
	for i, start := 0, 0; i < len(template); i++ {
		if c := template[i]; c < byte(len(values)) {
			out += template[start:i] + percentEncode(values[c])
			start = i + 1
		}
	}
	return out
}
