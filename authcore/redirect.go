package authcore

// Redirect is where a login or logout shall lead. The zero value is nowhere.
//
// The server does not check what it redirects to (another origin, "//host" and
// "javascript:" too), so it is checked here before anything is sent.
type Redirect struct {
	// Target is the address as the caller wrote it.
	Target string
	// URL is what a URL parser makes of Target against the request's address,
	// as RFC 9110, section 10.2.2, resolves a Location: absolute and
	// normalized; "" where it could make nothing of it. In a browser it is the
	// browser's own parser. It is what is sent: of other spellings in a Location
	// not all browsers make the same (WebKit reads it as Latin-1).
	URL string
}

// Redirected is where the server then redirected to.
type Redirected struct {
	// To is an absolute URL; "" where there was no redirect.
	To string
	// User is who was then signed in, where a redirected login was confirmed.
	User User
}

// CheckReturn refuses a target to which a link or an external login must not
// return. The server is not told of it.
func (api *API) CheckReturn(op string, target Redirect) *Error {
	return api.checkTarget(op, "returnTo", target)
}

// checkRedirect refuses a target to which the server must not redirect.
func (api *API) checkRedirect(op string, redirect Redirect) *Error {
	return api.checkTarget(op, "redirect", redirect)
}

func (api *API) checkTarget(op, name string, redirect Redirect) *Error {
	why := api.unsafe(redirect)
	if why == "" {
		return nil
	}
	return &Error{Op: op, Code: CodeUnsafeRedirect, Message: name + " " + why}
}

// unsafe gives why a target could lead somewhere else than it seems; "" where
// it cannot.
func (api *API) unsafe(redirect Redirect) string {
	target := redirect.Target
	if target == "" {
		return ""
	}
	for i := 0; i < len(target); i++ {
		switch {
		case beginsControl(target[i:]):
			return "has a control character"
		case target[i] == '\\':
			return "has a backslash"
		}
	}
	if target[0] == ' ' || target[len(target)-1] == ' ' {
		return "begins or ends with a space"
	}
	if hasPrefix(target, "//") {
		return "begins with //, which leads to another host"
	}
	origin, credentials := originOf(redirect.URL)
	if origin == "" {
		return "is no http or https address"
	}
	if credentials {
		return "has a user name or a password in it"
	}
	if base, _ := originOf(api.BaseURL); origin == base {
		return ""
	}
	for _, allowed := range api.AllowedRedirectOrigins {
		if origin == allowed {
			return ""
		}
	}
	return "leads to " + origin + ", which is not one of allowedRedirectOrigins"
}

// originOf gives the origin of a normalized URL, "" where it is not http or
// https, and whether there are credentials in it.
func originOf(url string) (origin string, credentials bool) {
	start := len("http://")
	if hasPrefix(url, "https://") {
		start++
	} else if !hasPrefix(url, "http://") {
		return "", false
	}
	end := start
	for end < len(url) && indexByte("/?#", url[end]) < 0 {
		credentials = credentials || url[end] == '@'
		end++
	}
	if end == start {
		return "", false
	}
	return url[:end], credentials
}

// query is the redirect as a query parameter behind the separator.
func (redirect Redirect) query(separator string) string {
	if redirect.Target == "" {
		return ""
	}
	return separator + "redirect=" + percentEncode(redirect.URL)
}

// redirecting is a login or a logout: answered with 204 or, where a redirect
// was asked for, with one.
func (api *API) redirecting(name, path string, redirect Redirect, expect expectation) *Operation[Redirected] {
	op := &Operation[Redirected]{Exchange: api.exchange(name, "POST", path, 204)}
	op.expect = expect
	if redirect.Target != "" {
		op.redirected = func() { op.Value = Redirected{redirect.URL, op.user} }
	}
	return op
}
