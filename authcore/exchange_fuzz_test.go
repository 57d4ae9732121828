package authcore

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	secretPassword = "pass-Word/1234"
	secretToken    = "tok-En.1234"
)

// subject is an operation whose value can be looked at between two responses.
type subject struct {
	op    string
	begin func(api *API) (x *Exchange, value func() any, err *Error)
	// whole tells whether a value is all that the operation promises.
	whole func(value any) bool
}

func subjectOf[T any](op string, build func(*API) (*Operation[T], *Error), whole func(T) bool) subject {
	return subject{op, func(api *API) (*Exchange, func() any, *Error) {
		o, err := build(api)
		if err != nil {
			return nil, nil, err
		}
		return o.Exchange, func() any { return o.Value }, nil
	}, func(v any) bool { return whole(v.(T)) }}
}

func nowhere(r Redirected) bool        { return r.To == "" }
func nowhereOrToFoo(r Redirected) bool { return r.To == "" || r.To == toFoo.URL }
func always[T any](T) bool             { return true }

var subjects = []subject{
	subjectOf(OpLogin, func(a *API) (*Operation[Redirected], *Error) { return a.Login("alice", secretPassword, Redirect{}) }, nowhere),
	subjectOf(OpLogin, func(a *API) (*Operation[Redirected], *Error) { return a.Login("alice", secretPassword, toFoo) }, nowhereOrToFoo),
	subjectOf(OpLogout, func(a *API) (*Operation[Redirected], *Error) { return a.Logout(false, Redirect{}) }, nowhere),
	subjectOf(OpLogout, func(a *API) (*Operation[Redirected], *Error) { return a.Logout(true, toFoo) }, nowhereOrToFoo),
	subjectOf(OpListSessions, (*API).ListSessions, func(sessions []Session) bool {
		for _, s := range sessions {
			if !isUUID(s.ID) {
				return false
			}
		}
		return true
	}),
	subjectOf(OpRevokeSession, func(a *API) (*Operation[struct{}], *Error) { return a.RevokeSession(sessionID) }, always),
	subjectOf(OpListAccounts, (*API).ListAccounts, always),
	subjectOf(OpLinkAccount, func(a *API) (*Operation[string], *Error) { return a.LinkAccount("oidc") },
		func(url string) bool { return url == "https://q.example/api/auth/oidc?link=1" }),
	subjectOf(OpLoginWith, func(a *API) (*Operation[string], *Error) { return a.LoginWith("oidc") },
		func(url string) bool { return url == "https://q.example/api/auth/oidc" }),
	subjectOf(OpUnlinkAccount, func(a *API) (*Operation[struct{}], *Error) { return a.UnlinkAccount("oidc") }, always),
	subjectOf(OpListProviders, func(a *API) (*Operation[ServerInfo], *Error) { return a.ListProviders(), nil }, always),
	subjectOf(OpGetServerInfo, func(a *API) (*Operation[ServerInfo], *Error) { return a.GetServerInfo(), nil }, always),
	subjectOf(OpGetUser, (*API).GetUser, func(u User) bool { return isUUID(u.ID) && isUUID(u.IconFileID) }),
}

// FuzzExchange answers every operation with any three responses.
func FuzzExchange(f *testing.F) {
	codes := declaredCodes(f)
	const none = int(FailureNone)
	for which := range subjects {
		seed := func(flags byte, retryAfter string, failure int, kind string, status int, body string, failure2 int, kind2 string, status2 int, body2 string) {
			f.Add(byte(which), flags, "application/json", "id-1", retryAfter,
				failure, kind, status, false, body, failure2, kind2, status2, false, body2, none, "basic", 200, true, userJSON)
		}
		seed(0, "", none, "opaqueredirect", 0, "", none, "basic", 200, userJSON)
		seed(1, "1", none, "cors", 204, "", none, "cors", 401, `{"message":"You are not logged in"}`)
		seed(0, "", none, "basic", 204, "", none, "", 0, "")
		seed(6, "", none, "cors", 204, "", none, "", 0, "")
		seed(6, "", none, "basic", 204, "", none, "", 0, "")
		seed(4, "", none, "cors", 204, "", none, "", 0, "")
		seed(0, "", none, "opaqueredirect", 0, "", none, "basic", 401, `{"message":"You are not logged in"}`)
		seed(0, "", none, "opaqueredirect", 0, "", none, "opaqueredirect", 0, "")
		seed(0, "", none, "opaqueredirect", 0, "", none, "basic", 200, "<!doctype html>")
		seed(0, "", none, "opaqueredirect", 0, "", none, "basic", 403, `{"message":"this account is currently suspended"}`)
		seed(2, "x", int(FailureNetwork), "", 0, "", int(FailureNetwork), "", 0, "")
		seed(4, "", none, "basic", 200, `[{"id":"`+sessionID+`","issuedAt":"2026-11-23T09:05:27Z"}]`, int(FailureTooLarge), "", 0, "")
		seed(5, "", none, "basic", 200, `[{"providerName":"oidc","externalName":"a","linkedAt":"2026-11-23T09:05:27Z"}]`, none, "", 0, "")
		seed(6, "", none, "basic", 200, `{"version":"v","revision":"r","flags":{"externalLogin":["oidc"],"signUpAllowed":false}}`, none, "", 0, "")
		seed(6, "", none, "basic", 200, `{"version":"v","revision":"r","flags":{"externalLogin":[],"signUpAllowed":false}}`, none, "", 0, "")
		seed(8, "", none, "basic", 302, "", int(FailureNetwork), "basic", 0, "")
		seed(0, "", int(FailureTooLarge)+1, "basic", 200, "[]", none, "", 0, "") // once a success
		seed(0, "", none, "basic", 403, `{"message":""}`, none, "", 0, "")       // once without a word
		seed(16, "", none, "basic", 400, `{"message":"`+secretPassword+`"}`, none, "", 0, "")
		seed(0, "", none, "opaqueredirect", 0, "", none, "basic", 500, `{"message":"`+secretPassword+`\n"}`)
		seed(8, "", none, "basic", 403, `{"message":"you are not permitted to request to '`+secretToken+`'"}`, none, "", 0, "")
		for _, code := range []int{400, 401, 403, 404, 415, 429, 500, 599, 600} {
			seed(9, "1", none, "basic", code, `{"message":"invalid provider name"}`, none, "", 0, "")
			seed(16+9, "1", none, "basic", code, `{"message":"?"}`, none, "", 0, "")
		}
	}
	f.Fuzz(func(t *testing.T, which, flags byte, contentType, requestID, retryAfter string,
		failure1 int, kind1 string, status1 int, followed1 bool, body1 string,
		failure2 int, kind2 string, status2 int, followed2 bool, body2 string,
		failure3 int, kind3 string, status3 int, followed3 bool, body3 string,
	) {
		s := subjects[int(which)%len(subjects)]
		api := testAPI
		api.CrossOrigin = flags&1 != 0
		api.Credentials = []Credentials{"", CredentialsSameOrigin, CredentialsInclude, CredentialsOmit}[flags>>1&3]
		if flags&8 != 0 {
			api.AccessToken = secretToken
		}
		responses := []*Response{
			{Failure: Failure(failure1), Type: kind1, Status: status1, Redirected: followed1, Body: body1},
			{Failure: Failure(failure2), Type: kind2, Status: status2, Redirected: followed2, Body: body2},
			{Failure: Failure(failure3), Type: kind3, Status: status3, Redirected: followed3, Body: body3},
		}
		x, value, err := s.begin(&api)
		require.Nil(t, err)
		empty := value()
		for i, r := range responses {
			r.ContentType, r.RequestID, r.RetryAfter = contentType, requestID, retryAfter
			r.FromTraQ = flags&16 != 0
			done, err := x.Next(r)
			switch {
			case err != nil:
				require.True(t, done, "an error that does not end the exchange")
				assert.Equal(t, empty, value(), "a value beside an error")
				checkError(t, x, codes, r, err)
				return
			case done:
				assert.True(t, s.whole(value()), "half a value: %+v", value())
				checkSuccess(t, s.op, &api, x.Request, r, value())
				return
			}
			assert.Equal(t, empty, value(), "a value before the end")
			next := Request{Method: "GET", URL: "https://q.example/api/v3/users/me", Credentials: api.credentials()}
			if r.Failure != FailureNone {
				require.True(t, api.CrossOrigin, "asked again on the same origin")
				next = Request{Method: "GET", URL: "https://q.example/api/v3/version", Credentials: CredentialsOmit}
			}
			assert.Equal(t, next, x.Request, "what is asked after response %d", i+1)
		}
		t.Fatal("a fourth request")
	})
}

var statuses = map[string]int{
	OpLogin: 204, OpLogout: 204, OpListSessions: 200, OpRevokeSession: 204, OpListAccounts: 200, OpLinkAccount: 302, OpLoginWith: 200, OpUnlinkAccount: 204,
	OpListProviders: 200, OpGetServerInfo: 200, OpGetUser: 200,
}

// checkSuccess checks that the last request's response justifies a success.
func checkSuccess(t *testing.T, op string, api *API, last Request, r *Response, value any) {
	t.Helper()
	redirect := r.Type == "opaqueredirect" || r.Status == 302 || r.Redirected
	assert.Equal(t, FailureNone, r.Failure)
	assert.Equal(t, op == OpLinkAccount, redirect, "only a link ends in a redirect")
	status := r.Status
	if redirect {
		status = 302
	}
	switch {
	case last.URL != "https://q.example/api/v3/users/me" || op == OpGetUser: // the call itself
		assert.Equal(t, statuses[op], status)
		if op == OpLogin {
			kept := r.Type != "cors" && api.Credentials != CredentialsOmit || api.Credentials == CredentialsInclude
			assert.True(t, kept, "a login whose cookie is lost")
		}
	case op == OpLogin:
		var user User
		body := jsonReader{text: r.Body}
		decodeUser(&body, &user)
		assert.Empty(t, body.end())
		assert.Equal(t, Redirected{toFoo.URL, user}, value)
		assert.Equal(t, 200, status, "a redirected login is confirmed by a user")
	default:
		assert.Equal(t, OpLogout, op)
		assert.Equal(t, Redirected{To: toFoo.URL}, value)
		assert.Equal(t, 401, status, "a redirected logout is confirmed by nobody")
	}
}

// checkError checks what any error must be, given the last response.
func checkError(t *testing.T, x *Exchange, codes map[Code]bool, r *Response, e *Error) {
	t.Helper()
	op := x.Op
	assert.Equal(t, op, e.Op)
	assert.True(t, codes[e.Code], "%q is no code", e.Code)
	assert.NotEmpty(t, e.Message)
	assert.Equal(t, e.Code == CodeNetworkError || e.Code == CodeRateLimited || e.Code == CodeServerError, e.Retryable, e.Code)
	switch {
	case op == OpLoginWith && e.Code == CodeProviderNotEnabled:
		assert.Equal(t, Error{Op: op, Code: e.Code, Message: e.Message}, *e, "of what was asked before")
	case e.Code == CodeNetworkError || e.Code == CodeCrossOriginBlocked:
		assert.Equal(t, Error{Op: op, Code: e.Code, Message: e.Message, Retryable: e.Retryable}, *e, "of no response")
		assert.NotEqual(t, r.Failure == FailureNone && r.Status == 200, e.Code == CodeNetworkError)
	default:
		assert.Equal(t, r.Status, e.Status)
		assert.Equal(t, x.Quote(r.RequestID), e.RequestID)
	}
	if e.ServerMessage != "" {
		var body map[string]any
		require.NoError(t, json.Unmarshal([]byte(withoutMark(r.Body)), &body))
		assert.Equal(t, body["message"], wellFormed(e.ServerMessage))
		assert.Equal(t, e.ServerMessage, e.Message)
	}
	if words := ownWords[e.Code]; !r.FromTraQ && words != nil {
		said, _ := decodeMessage(r.Body)
		assert.Regexp(t, words, said, "%s of somebody else's words", e.Code)
	}
	assert.GreaterOrEqual(t, e.RetryAfter, 0)
	assert.LessOrEqual(t, e.RetryAfter, 999_999_000)
	for _, text := range []string{e.Message, e.ServerMessage, e.RequestID} {
		if x.secret != "" {
			assert.NotContains(t, text, x.secret)
		}
		assert.LessOrEqual(t, len(text), 2*longestQuote)
		assert.False(t, strings.ContainsFunc(text, unicode.IsControl), "%q", text)
	}
}

// ownWords are those that traQ alone says, by what they mean; what no words say
// needs traQ's header.
var ownWords = map[Code]*regexp.Regexp{
	CodeInvalidCredentials:      regexp.MustCompile(`^(invalid name|password or id is wrong|bot user is not allowed to login)$`),
	CodeAlreadyLoggedIn:         regexp.MustCompile(`^You have already logged in`),
	CodeAuthorizationNotAllowed: regexp.MustCompile(`^Authorization Header must not be set`),
	CodeInvalidRequest:          regexp.MustCompile(`^\b\B`),
	CodeAccountSuspended:        regexp.MustCompile(`^this account is currently suspended$`),
	CodeNotAuthenticated:        regexp.MustCompile(`^You are not logged in$`),
	CodeInvalidToken:            regexp.MustCompile(`^invalid (token|authorization scheme)$`),
	CodeInsufficientScope:       regexp.MustCompile(`^you are not permitted to request to`),
	CodeBotNotPermitted:         regexp.MustCompile(`^Bot users are not permitted`),
	CodeAlreadyLinked:           regexp.MustCompile(`^already linked$`),
	CodeNotLinked:               regexp.MustCompile(`^invalid provider name$`),
	CodeNotFound:                regexp.MustCompile(`^\b\B`),
}

// declaredCodes are the codes that errors.go declares, and oauth2_errors.go.
func declaredCodes(t testing.TB) map[Code]bool {
	codes := map[Code]bool{}
	for _, name := range []string{"errors.go", "oauth2_errors.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.Nil(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, is := n.(*ast.ValueSpec); is && len(spec.Values) == 1 {
				if literal, is := spec.Values[0].(*ast.BasicLit); is {
					code, err := strconv.Unquote(literal.Value)
					require.Nil(t, err)
					codes[Code(code)] = true
				}
			}
			return true
		})
	}
	require.Len(t, codes, 29)
	return codes
}
