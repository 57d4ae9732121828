package authcore

// Operation is one call of the API, or one step of it: a request and the way
// to read its response. T is what the call yields.
type Operation[T any] struct {
	// Name is the name of the call, as it stands in [Error.Op].
	Name    string
	Request Request

	next func(*Response) (T, *Operation[T], error)
}

// Next reads the response to o.Request. Exactly one of these holds: err is an
// [*Error]; next is an operation to run instead (a confirmation or a probe);
// both are nil and value is the result.
func (o *Operation[T]) Next(r *Response) (value T, next *Operation[T], err error) {
	return o.next(r)
}

// answer says how an API endpoint answers when all is well.
type answer[T any] struct {
	status int
	// decode reads the body of such an answer; nil where there is none.
	decode func(body string) (T, error)
	// redirected reads a redirect; nil where none can come.
	redirected func() (T, *Operation[T], error)
}

// newOperation gives the operation whose response is read as every endpoint's
// is: failures on the way first, then redirects, then errors by status.
func newOperation[T any](api *API, name string, request Request, want answer[T]) *Operation[T] {
	o := &Operation[T]{Name: name, Request: request}
	o.next = func(r *Response) (value T, next *Operation[T], err error) {
		switch {
		case r.Failure == FailureNetwork && api.CrossOrigin:
			return value, probe(api, o), nil
		case r.Failure == FailureNetwork:
			return value, nil, networkError(name)
		case r.Failure == FailureTooLarge || len(r.Body) > MaxBody:
			return value, nil, invalidResponse(name, r, "its body is over 4 MiB")
		case r.isRedirect() && want.redirected == nil:
			return value, nil, invalidResponse(name, r, "it is a redirect, where the API never sends one; a sign-on proxy in front of the server does")
		case r.isRedirect():
			return want.redirected()
		case r.Status != want.status:
			return value, nil, errorResponse(name, &o.Request, r)
		case want.decode == nil:
			return value, nil, nil
		}
		value, err = want.decode(r.Body)
		if err != nil {
			var none T // never half a result
			return none, nil, invalidResponse(name, r, err.Error())
		}
		return value, nil, nil
	}
	return o
}

// probe tells, after a fetch of another origin failed, whether the server can
// be reached at all: GET /version is answered to anybody, so where it answers,
// the browser's own rules stopped the call.
func probe[T any](api *API, failed *Operation[T]) *Operation[T] {
	return &Operation[T]{
		Name: failed.Name,
		Request: Request{
			Method:      "GET",
			URL:         api.BaseURL + "/version",
			Credentials: CredentialsOmit,
		},
		next: func(r *Response) (value T, next *Operation[T], err error) {
			if r.Failure == FailureNone && r.Status == 200 {
				return value, nil, &Error{
					Op:      failed.Name,
					Code:    CodeCrossOriginBlocked,
					Message: "the server answers, but the browser blocked this call to another origin: call it from a page of the server's origin, through a proxy on the page's own, or give the extension host permission",
				}
			}
			return value, nil, networkError(failed.Name)
		},
	}
}
