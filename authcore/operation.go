package authcore

// Operation is a call of the API: the exchange to have with the server, and
// what it yields.
type Operation[T any] struct {
	*Exchange
	// Value is the result; it counts once Next has said that the exchange is
	// done, without an error.
	Value T
}

// reading is the operation whose value decode reads from the answer's body,
// whole or not at all.
func reading[T any](x *Exchange, decode func(*jsonReader, *T)) *Operation[T] {
	op := &Operation[T]{Exchange: x}
	x.decode = func(r *jsonReader) {
		decode(r, &op.Value)
		if withCookie && r.end() != "" {
			op.Value = *new(T)
		}
	}
	return op
}

// Exchange is a request and the way to read its response; where that does not
// settle the matter, the next request and so on. It is not generic, and has no
// copy for each T: that would double the module's size.
type Exchange struct {
	// Op is the name of the call, as it stands in [Error.Op].
	Op string
	// Request is what to send now.
	Request Request

	api *API
	// status is that of an answer when all is well.
	status int
	// decode reads the body of such an answer; nil where there is none.
	decode func(*jsonReader)
	// redirected takes note of a redirect; nil where none can come.
	redirected func()
	// accept looks at what decode read, which may refuse what was asked; nil
	// where it cannot.
	accept func() *Error
	// expect is what GET /users/me must say before a redirect counts.
	expect expectation
	// user is who it says is signed in.
	user User
	// name is whom a login is to sign in, "" for another call.
	name string
	// secret is what no error may tell: the password, the code or the token that
	// is sent.
	secret string
	step   step
	oauth2Exchange
}

// step is where in an exchange it is.
type step int

const (
	asking     step = iota // the call itself is under way
	confirming             // it was redirected, and GET /users/me is asked whether it took place
	probing                // it failed, and GET /version is asked whether the server is there
)

// Next reads the response to x.Request. Unless the exchange is done, or err is
// an [*Error], the new x.Request is to be sent.
func (x *Exchange) Next(r *Response) (done bool, err *Error) {
	switch {
	case withCookie && x.step == probing:
		return true, x.probed(r)
	case r.Failure == FailureTooLarge || len(r.Body) > MaxBody:
		return true, x.invalidResponse(r, "its body is over 4 MiB")
	case withCookie && r.Failure != FailureNone && x.api.CrossOrigin:
		x.probe()
		return false, nil
	case r.Failure != FailureNone:
		return true, x.networkError()
	case withCookie && x.step == confirming:
		return true, x.confirmed(r)
	case r.isRedirect() && (!withCookie || x.redirected == nil):
		return true, x.invalidResponse(r, "it is a redirect, where the API sends none"+proxy)
	case withCookie && r.isRedirect() && x.expect != nothing:
		x.confirm()
		return false, nil
	case withCookie && r.isRedirect():
		x.redirected()
		return true, nil
	case r.Status != x.status || withOAuth2 && x.isForeign(r):
		return true, x.errorResponse(x.Op, r)
	case withCookie && x.expect == signedIn && x.api.losesCookies(r):
		return true, x.cookieNotKept(r)
	case x.decode != nil:
		body := jsonReader{text: r.Body}
		x.decode(&body)
		if wrong := body.end(); wrong != "" {
			return true, x.invalidResponse(r, wrong)
		}
		if withCookie && x.accept != nil {
			return true, x.accept()
		}
	}
	return true, nil
}

// probe asks, after a fetch of another origin failed, whether the server can
// be reached at all. GET /version is answered to anybody, so where it answers,
// the browser's own rules stopped the call.
func (x *Exchange) probe() {
	x.step = probing
	x.ask("GET", "/version")
	x.Request.Credentials = CredentialsOmit
}

func (x *Exchange) probed(r *Response) *Error {
	if r.Failure == FailureNone && r.Status == 200 {
		return x.fail(CodeCrossOriginBlocked, "the server answers, but the browser blocked this call to another origin: "+sameOrigin+", or give the extension host permission")
	}
	return x.networkError()
}
