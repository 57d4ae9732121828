package authcore

// expectation is what a login or a logout must have led to, where it was
// answered with a redirect: a sign-on proxy's looks the same as the server's.
type expectation int

const (
	nothing expectation = iota
	signedIn
	signedOut
)

// confirm asks GET /users/me, by the cookie alone, whether the call took place.
func (x *Exchange) confirm() {
	x.step = confirming
	x.ask("GET", "/users/me")
}

func (x *Exchange) confirmed(r *Response) *Error {
	is := signedIn
	switch {
	case r.isRedirect():
		return x.invalidResponse(r, "it redirects whatever it is asked; a sign-on proxy in front of the server does that")
	case r.Status == 200:
		if wrong := decodeUser(r.Body, &x.user); wrong != "" {
			return x.invalidResponse(r, wrong)
		}
	default:
		err := x.errorResponse(OpGetUser, r)
		if err.Code != CodeNotAuthenticated {
			return err
		}
		is = signedOut
	}
	switch {
	case is == x.expect && !sameName(x.name, x.user.Name): // after a logout, both are nobody
		return x.invalidResponse(r, "it redirected, yet it is another user who is signed in; a sign-on proxy in front of the server does that")
	case is == x.expect:
		x.redirected()
		return nil
	case is == signedIn:
		return x.invalidResponse(r, "it redirected, yet the session is still open; a sign-on proxy in front of the server does that")
	case x.api.losesCookies(r):
		return x.cookieNotKept(r)
	}
	return x.invalidResponse(r, "it redirected, yet nobody is signed in; a sign-on proxy in front of the server does that")
}

func (x *Exchange) cookieNotKept(r *Response) *Error {
	why := "the browser kept no cookie of another origin: call it from a page of the server's origin, or through a proxy on the page's own"
	if x.api.credentials() == CredentialsOmit {
		why = "no cookies are kept: credentials is \"omit\", as it is where there is no page and no fetch is given"
	}
	return x.answered(r, CodeCookieNotKept, "the server opened a session, but "+why)
}
