package authcore

const (
	// proxy ends what is said of a redirect that is not the server's.
	proxy = "; a sign-on proxy does that"
	// sameOrigin is what to do where a browser tells origins apart.
	sameOrigin = "use the server's own origin, or a proxy on the page's"
)

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
		return x.invalidResponse(r, "it redirects whatever it is asked"+proxy)
	case r.Status == 200:
		body := jsonReader{text: r.Body}
		decodeUser(&body, &x.user)
		if wrong := body.end(); wrong != "" {
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
		return x.invalidResponse(r, "it redirected, yet it is another user who is signed in"+proxy)
	case is == x.expect:
		x.redirected()
		return nil
	case is == signedIn:
		return x.invalidResponse(r, "it redirected, yet the session is still open"+proxy)
	case x.api.losesCookies(r):
		return x.cookieNotKept(r)
	}
	return x.invalidResponse(r, "it redirected, yet nobody is signed in"+proxy)
}

func (x *Exchange) cookieNotKept(r *Response) *Error {
	why := "the browser kept no cookie of another origin: " + sameOrigin
	if x.api.credentials() == CredentialsOmit {
		why = "credentials is \"omit\", the default without a page and a fetch"
	}
	return x.answered(r, CodeCookieNotKept, "the server opened a session, but "+why)
}
