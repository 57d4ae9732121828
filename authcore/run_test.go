package authcore

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	sessionID = "01a207ab-7610-7cca-92e9-2da640e2838e"
	userJSON  = `{"bio":"","bot":false,"displayName":"Alice","groups":[],"homeChannel":null,` +
		`"iconFileId":"01a207a2-7777-7cc0-8fad-6c884cf25bae","id":"01a207a2-777e-7cc0-adf2-4d4000000000",` +
		`"lastOnline":null,"name":"alice","permissions":["a"],"tags":[{"x":1.5e3}],"state":1}`
)

var testAPI = API{BaseURL: "https://q.example/api/v3"}

// run feeds responses to an operation, one a step, and gives what it yields and
// the requests that were sent.
func run[T any](t *testing.T, op *Operation[T], err *Error, responses ...*Response) (T, []Request, *Error) {
	t.Helper()
	var requests []Request
	if err != nil {
		var none T
		return none, nil, err
	}
	for _, r := range responses {
		requests = append(requests, op.Request)
		done, err := op.Next(r)
		if err != nil {
			require.True(t, done, "an error that does not end the exchange")
			return op.Value, requests, err
		}
		if done {
			return op.Value, requests, nil
		}
	}
	t.Fatalf("another request after the last response: %+v", op.Request)
	panic("unreachable")
}

// status is an answer of traQ's.
func status(code int, body string) *Response {
	return &Response{Type: "basic", Status: code, ContentType: "application/json", FromTraQ: true, Body: body}
}

func message(code int, words string) *Response {
	return status(code, `{"message":"`+words+`"}`+"\n")
}

// gateway is an answer of what stands in front of traQ, which has none of its
// headers.
func gateway(code int, words string) *Response {
	r := message(code, words)
	r.FromTraQ = false
	return r
}

var (
	opaqueRedirect = &Response{Type: "opaqueredirect"}
	networkFailure = &Response{Failure: FailureNetwork}
)

// caller calls one operation of an API and forgets its value.
type caller struct {
	op   string
	call func(t *testing.T, api *API, responses ...*Response) ([]Request, *Error)
}

func callerOf[T any](op string, build func(*API) (*Operation[T], *Error)) caller {
	return caller{op, func(t *testing.T, api *API, responses ...*Response) ([]Request, *Error) {
		operation, err := build(api)
		_, requests, e := run(t, operation, err, responses...)
		return requests, e
	}}
}

// callers are all the operations, with arguments that are right.
var callers = []caller{
	callerOf(OpLogin, func(a *API) (*Operation[Redirected], *Error) { return a.Login("alice", "pw", Redirect{}) }),
	callerOf(OpLogout, func(a *API) (*Operation[Redirected], *Error) { return a.Logout(false, Redirect{}) }),
	callerOf(OpListSessions, func(a *API) (*Operation[[]Session], *Error) { return a.ListSessions() }),
	callerOf(OpRevokeSession, func(a *API) (*Operation[struct{}], *Error) { return a.RevokeSession(sessionID) }),
	callerOf(OpListAccounts, func(a *API) (*Operation[[]Account], *Error) { return a.ListAccounts() }),
	callerOf(OpLinkAccount, func(a *API) (*Operation[string], *Error) { return a.LinkAccount("oidc") }),
	callerOf(OpLoginWith, func(a *API) (*Operation[string], *Error) { return a.LoginWith("oidc") }),
	callerOf(OpUnlinkAccount, func(a *API) (*Operation[struct{}], *Error) { return a.UnlinkAccount("oidc") }),
	callerOf(OpListProviders, func(a *API) (*Operation[ServerInfo], *Error) { return a.ListProviders(), nil }),
	callerOf(OpGetServerInfo, func(a *API) (*Operation[ServerInfo], *Error) { return a.GetServerInfo(), nil }),
	callerOf(OpGetUser, func(a *API) (*Operation[User], *Error) { return a.GetUser() }),
}

func callerNamed(op string) caller {
	for _, c := range callers {
		if c.op == op {
			return c
		}
	}
	panic("no operation " + op)
}
