package authcore

// Code is the stable name of what went wrong, for callers to switch on. The
// set may grow.
type Code string

// The codes that this package gives.
const (
	CodeInvalidCredentials      Code = "invalid_credentials"
	CodeAlreadyLoggedIn         Code = "already_logged_in"
	CodeAuthorizationNotAllowed Code = "authorization_not_allowed"
	CodeInvalidRequest          Code = "invalid_request"
	CodeAccountSuspended        Code = "account_suspended"
	CodeNotAuthenticated        Code = "not_authenticated"
	CodeInvalidToken            Code = "invalid_token"
	CodeInsufficientScope       Code = "insufficient_scope"
	CodeBotNotPermitted         Code = "bot_not_permitted"
	CodeProviderNotEnabled      Code = "provider_not_enabled"
	CodeAlreadyLinked           Code = "already_linked"
	CodeNotLinked               Code = "not_linked"
	CodeNotFound                Code = "not_found"
	CodeRateLimited             Code = "rate_limited"
	CodeServerError             Code = "server_error"
	CodeInvalidResponse         Code = "invalid_response"

	CodeInvalidArgument    Code = "invalid_argument"
	CodeUnsafeRedirect     Code = "unsafe_redirect"
	CodeNetworkError       Code = "network_error"
	CodeCrossOriginBlocked Code = "cross_origin_blocked"
	CodeCookieNotKept      Code = "cookie_not_kept"
)

// Error is why a call failed. No credential is ever in one. It is given as what
// it is, not as an error: the module would carry its type's description for that.
// So compare it with nil before it becomes one.
type Error struct {
	// Op is the name of the call: "login", "listSessions" …
	Op   string
	Code Code
	// Status is the response's HTTP status; 0 where there was none to see.
	Status int
	// Message says in English what is wrong and, where it can, what to do.
	Message string
	// ServerMessage is the server's own message, unchanged; "" where it is none
	// that an error may quote (see [Exchange.Quote]).
	ServerMessage string
	// RequestID is the response's X-Request-Id, by which the server's
	// operator finds the call; "" where an error may not quote it.
	RequestID string
	// RetryAfter is the response's Retry-After in milliseconds; 0 for none.
	RetryAfter int
	// Retryable tells that the same call may succeed later.
	Retryable bool
}

// Error gives the call and the message.
func (e *Error) Error() string { return e.Op + ": " + e.Message }

func invalidArgument(op, message string) *Error {
	return &Error{Op: op, Code: CodeInvalidArgument, Message: message}
}

func (x *Exchange) fail(code Code, message string) *Error {
	return &Error{Op: x.Op, Code: code, Message: message}
}

func (x *Exchange) networkError() *Error {
	e := x.fail(CodeNetworkError, "the server could not be reached; try again")
	e.Retryable = true
	return e
}

// answered is what an answer says.
func (x *Exchange) answered(r *Response, code Code, message string) *Error {
	e := x.fail(code, message)
	e.Status, e.RequestID = r.Status, x.Quote(r.RequestID)
	return e
}

// invalidResponse is for an answer that traQ's API does not give.
func (x *Exchange) invalidResponse(r *Response, why string) *Error {
	return x.answered(r, CodeInvalidResponse, "the answer is not one of traQ's: "+why)
}
