package authcore

// OpLogin is the name of [API.Login].
const OpLogin = "login"

// Login is POST /login: it opens a session, which the server keeps in a cookie.
//
// The name must be 1–32 of [a-zA-Z0-9_-] and the password not empty; the
// server asks no more of it, whatever the published description says.
func (api *API) Login(name, password string, redirect Redirect) (*Operation[Redirected], error) {
	if !isUserName(name) {
		return nil, invalidArgument(OpLogin, "name must be 1 to 32 characters of a-z, A-Z, 0-9, _ and -")
	}
	if password == "" {
		return nil, invalidArgument(OpLogin, "password must not be empty")
	}
	if err := api.checkRedirect(OpLogin, redirect); err != nil {
		return nil, err
	}
	request := api.anonymous("POST", "/login"+redirect.query("?"))
	body := appendJSONString([]byte(`{"name":`), name)
	body = appendJSONString(append(body, `,"password":`...), password)
	request.Body = string(append(body, '}'))

	want := answer[Redirected]{status: 204}
	if redirect.Target != "" {
		want.redirected = func() (Redirected, *Operation[Redirected], error) {
			return Redirected{}, api.confirm(OpLogin, true, redirect), nil
		}
	}
	o := newOperation(api, OpLogin, request, want)
	read := o.next
	o.next = func(r *Response) (Redirected, *Operation[Redirected], error) {
		value, next, err := read(r)
		if err == nil && next == nil && api.losesCookies(r) {
			err = cookieNotKept(r)
		}
		return value, next, err
	}
	return o, nil
}

func isUserName(name string) bool {
	if len(name) < 1 || len(name) > 32 {
		return false
	}
	for i := 0; i < len(name); i++ {
		if c := name[i]; !isAlphanumeric(c) && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

func cookieNotKept(r *Response) error {
	return &Error{
		Op:        OpLogin,
		Code:      CodeCookieNotKept,
		Status:    r.Status,
		RequestID: r.RequestID,
		Message:   "the server opened a session, but the browser kept no cookie of another origin: call it from a page of the server's origin, or through a proxy on the page's own",
	}
}

// confirm asks GET /users/me whether a login or a logout that was answered
// with a redirect took place: a sign-on proxy's redirect looks the same.
func (api *API) confirm(op string, signedIn bool, redirect Redirect) *Operation[Redirected] {
	request := api.anonymous("GET", "/users/me")
	me := newOperation(api, OpGetUser, request, answer[User]{status: 200, decode: decodeUser})
	return confirmed(op, signedIn, Redirected{redirect.URL}, me, api)
}

// confirmed reads the answer of me, or of the probe that may follow it.
func confirmed(op string, signedIn bool, done Redirected, me *Operation[User], api *API) *Operation[Redirected] {
	o := &Operation[Redirected]{Name: op, Request: me.Request}
	o.next = func(r *Response) (Redirected, *Operation[Redirected], error) {
		_, next, err := me.Next(r)
		if next != nil {
			return Redirected{}, confirmed(op, signedIn, done, next, api), nil
		}
		e, failed := err.(*Error)
		switch {
		case failed && e.Code != CodeNotAuthenticated:
			e.Op = op
			return Redirected{}, nil, e
		case !failed == signedIn:
			return done, nil, nil
		case signedIn && api.losesCookies(r):
			return Redirected{}, nil, cookieNotKept(r)
		case signedIn:
			return Redirected{}, nil, invalidResponse(op, r, "it redirected, yet nobody is signed in; a sign-on proxy in front of the server does that")
		}
		return Redirected{}, nil, invalidResponse(op, r, "it redirected, yet the session is still open; a sign-on proxy in front of the server does that")
	}
	return o
}
