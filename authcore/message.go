package authcore

// MaxBody is the size in bytes beyond which a response's body is not read.
const MaxBody = 4 << 20

// Credentials is a credentials mode of the Fetch standard.
//
// https://fetch.spec.whatwg.org/#concept-request-credentials-mode
type Credentials string

// The credentials modes.
const (
	CredentialsOmit       Credentials = "omit"
	CredentialsSameOrigin Credentials = "same-origin"
	CredentialsInclude    Credentials = "include"
)

// Request is what a driver sends. Its redirect mode is always "manual": a
// redirect is never followed, because the answer behind it says nothing about
// the call.
//
// https://fetch.spec.whatwg.org/#concept-request-redirect-mode
type Request struct {
	Method      string
	URL         string
	Credentials Credentials
	// Authorization is the value of the header of that name; "" for none.
	Authorization string
	// Body is a JSON object or a form; "" for none.
	Body string
}

// ContentType gives the media type of the request's body.
func (r *Request) ContentType() string {
	if hasPrefix(r.Body, "{") { // which a form would have escaped
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// Failure is why there is no response.
type Failure int

// The failures a driver can report. Aborts and timeouts are the driver's own.
const (
	FailureNone     Failure = iota
	FailureNetwork          // the request failed, or its response broke off
	FailureTooLarge         // the body is longer than MaxBody
)

// Response is what came back: the parts of a Fetch response that matter here.
//
// https://fetch.spec.whatwg.org/#responses
type Response struct {
	Failure Failure
	// Type is "basic", "cors", "default", "opaqueredirect" …
	Type   string
	Status int
	// Redirected tells that somebody followed a redirect all the same: a
	// service worker, or a fetch of the caller's.
	Redirected bool

	ContentType string
	RequestID   string
	RetryAfter  string
	// FromTraQ tells that it has the header X-TRAQ-VERSION, which traQ puts on
	// every answer, for scripts of other origins too. What a gateway in front of
	// it says by itself has none.
	FromTraQ bool

	// Body is UTF-8. Bytes that are none come out as they are where they stand in
	// strings, so whoever gives them a form (as a TextDecoder does) may do so after.
	Body string
}

// isRedirect tells whether the server (or a proxy) answered with a redirect.
// Under redirect mode "manual" a browser shows an opaque one; Node shows the
// status.
func (r *Response) isRedirect() bool {
	return r.Type == "opaqueredirect" || r.Redirected || r.Status == 302
}
