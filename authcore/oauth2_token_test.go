package authcore

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	testCode    = "c0de-4Xyz"
	testRefresh = "refr/sh+1=="
	testAccess  = "tok-En.1234"
)

// grants are the two operations that yield a token, and what they yield where the
// server only says which and of what type.
var grants = []struct {
	op     string
	begin  func() (*Operation[Token], *Error)
	body   string
	secret []string
	bare   Token
}{
	{
		OpCompleteLogin,
		func() (*Operation[Token], *Error) {
			return testClient().CompleteLogin(callbackOf("?code="+testCode+"&state="+testState), Transaction{testState, testVerifier})
		},
		"grant_type=authorization_code&code=" + testCode + "&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&client_id=client-1&code_verifier=" + testVerifier,
		[]string{testCode, testVerifier},
		Token{AccessToken: "new", Scope: "read"},
	},
	{
		OpRefreshToken,
		func() (*Operation[Token], *Error) {
			return testClient().Refresh(Token{AccessToken: "old", RefreshToken: testRefresh, ExpiresIn: 5, Scope: "profile"})
		},
		"grant_type=refresh_token&refresh_token=refr%2Fsh%2B1%3D%3D&client_id=client-1",
		[]string{testRefresh},
		Token{AccessToken: "new", Scope: "profile", RefreshToken: testRefresh},
	},
}

func TestGrantRequests(t *testing.T) {
	for _, grant := range grants {
		op, err := grant.begin()
		require.Nil(t, err)
		assert.Equal(t, grant.op, op.Op)
		assert.Equal(t, Request{Method: "POST", URL: "https://q.example/api/v3/oauth2/token", Credentials: CredentialsOmit, Body: grant.body}, op.Request)
		assert.Equal(t, "application/x-www-form-urlencoded", op.Request.ContentType())
	}
	op, err := testClient().RevokeToken("a+b/c=")
	require.Nil(t, err)
	assert.Equal(t, Request{
		Method: "POST", URL: "https://q.example/api/v3/oauth2/revoke", Credentials: CredentialsOmit, Body: "token=a%2Bb%2Fc%3D&client_id=client-1",
	}, op.Request)
	login, err := testAPI.Login("alice", "pw", Redirect{})
	require.Nil(t, err)
	assert.Equal(t, "application/json", login.Request.ContentType())
}

// What is sent once must not be sent again by itself, whatever became of it.
func TestGrantsAreNotRetried(t *testing.T) {
	for _, op := range []string{OpCompleteLogin, OpRefreshToken, OpLogout} {
		for _, status := range []int{0, 429, 502, 503, 504} {
			e := &Error{Op: op, Code: CodeNetworkError, Status: status, Retryable: true}
			assert.Zero(t, RetryPolicy{Retries: 2}.Delay(e), "%s %d", op, status)
		}
	}
}

func TestTokens(t *testing.T) {
	tests := []struct {
		why, body string
		change    func(t *Token)
	}{
		{"the least that RFC 6749, section 5.1, requires", `{"access_token":"new","token_type":"Bearer"}`, func(*Token) {}},
		{"the type has no case", `{"access_token":"new","token_type":"bEARER"}`, func(*Token) {}},
		{"as traQ says it", `{"access_token":"new","token_type":"Bearer","expires_in":31536000}` + "\n", func(t *Token) { t.ExpiresIn = 31536000 }},
		{"a new pair", `{"access_token":"new","token_type":"Bearer","refresh_token":"new-r"}`, func(t *Token) { t.RefreshToken = "new-r" }},
		{"another scope than was asked for", `{"access_token":"new","token_type":"Bearer","scope":"read write"}`, func(t *Token) { t.Scope = "read write" }},
		{"what else there is", `{"id_token":"a.b.c","x":[{"access_token":1.5e3}],"token_type":"Bearer","access_token":"new"}`, func(*Token) {}},
		{"the shortest time", `{"access_token":"new","token_type":"Bearer","expires_in": 1 }`, func(t *Token) { t.ExpiresIn = 1 }},
		{"the longest time", `{"access_token":"new","token_type":"Bearer","expires_in":999999999}`, func(t *Token) { t.ExpiresIn = 999999999 }},
		{"the whole alphabet (RFC 6750, section 2.1)", `{"access_token":"n\u0065w","token_type":"Bearer","refresh_token":"Az09-._~+\/=="}`, func(t *Token) { t.RefreshToken = "Az09-._~+/==" }},
	}
	for _, test := range tests {
		for _, grant := range grants {
			op, err := grant.begin()
			got, requests, e := run(t, op, err, status(200, test.body))
			require.Nil(t, e, "%s: %s", grant.op, test.why)
			want := grant.bare
			test.change(&want)
			assert.Equal(t, want, got, "%s: %s", grant.op, test.why)
			assert.Len(t, requests, 1)
		}
	}
}

func TestTokensThatAreNone(t *testing.T) {
	tests := []struct{ why, body, said string }{
		{"no token", `{"token_type":"Bearer"}`, "lacks a token"},
		{"an empty one", `{"access_token":"","token_type":"Bearer"}`, "lacks a token"},
		{"one that breaks out of a header", `{"access_token":"new\r\nX: y","token_type":"Bearer"}`, "lacks a token"},
		{"one that is no b64token", `{"access_token":"n=w","token_type":"Bearer"}`, "lacks a token"},
		{"one of any length", `{"access_token":"` + strings.Repeat("n", 4097) + `","token_type":"Bearer"}`, "lacks a token"},
		{"a number for it", `{"access_token":1,"token_type":"Bearer"}`, malformed},
		{"null for it", `{"access_token":null,"token_type":"Bearer"}`, malformed},
		{"no type", `{"access_token":"new"}`, "lacks a token of the type Bearer"},
		{"a type that takes more than to send it", `{"access_token":"new","token_type":"DPoP"}`, "lacks a token of the type Bearer"},
		{"a longer type", `{"access_token":"new","token_type":"Bearer "}`, "lacks a token of the type Bearer"},
		{"an empty refresh token", `{"access_token":"new","token_type":"Bearer","refresh_token":""}`, "lacks a token"},
		{"a refresh token of another alphabet", `{"access_token":"new","token_type":"Bearer","refresh_token":"a b"}`, "lacks a token"},
		{"null for a refresh token", `{"access_token":"new","token_type":"Bearer","refresh_token":null}`, malformed},
		{"an empty scope", `{"access_token":"new","token_type":"Bearer","scope":""}`, "lacks a scope"},
		{"a scope that is none", `{"access_token":"new","token_type":"Bearer","scope":"read\nwrite"}`, "lacks a scope"},
		{"a list of scopes", `{"access_token":"new","token_type":"Bearer","scope":["read"]}`, malformed},
		{"no time", `{"access_token":"new","token_type":"Bearer","expires_in":0}`, "lacks a positive number"},
		{"a time that is over", `{"access_token":"new","token_type":"Bearer","expires_in":-1}`, malformed},
		{"a leading zero", `{"access_token":"new","token_type":"Bearer","expires_in":01}`, "lacks a positive number"},
		{"a fraction", `{"access_token":"new","token_type":"Bearer","expires_in":1.5}`, malformed},
		{"an exponent", `{"access_token":"new","token_type":"Bearer","expires_in":1e3}`, malformed},
		{"a time without a bound", `{"access_token":"new","token_type":"Bearer","expires_in":1000000000}`, malformed},
		{"a time that overflows", `{"access_token":"new","token_type":"Bearer","expires_in":99999999999999999999999}`, malformed},
		{"a text for a time", `{"access_token":"new","token_type":"Bearer","expires_in":"3600"}`, malformed},
		{"null for a time", `{"access_token":"new","token_type":"Bearer","expires_in":null}`, malformed},
		{"the end", `{"access_token":"new","token_type":"Bearer","expires_in":`, malformed},
		{"an error with a status that is none", `{"error":"invalid_grant"}`, "lacks a token"},
		{"a page", `<!doctype html>`, malformed},
		{"nothing", ``, malformed},
	}
	for _, test := range tests {
		for _, grant := range grants {
			op, err := grant.begin()
			got, _, e := run(t, op, err, status(200, test.body))
			require.NotNil(t, e, "%s: %s", grant.op, test.why)
			assert.Equal(t, CodeInvalidResponse, e.Code, test.why)
			assert.Contains(t, e.Message, test.said, test.why)
			assert.NotContains(t, e.Message, "new", test.why)
			assert.Zero(t, got, "half a token: %s", test.why)
			assert.False(t, e.Retryable, test.why)
		}
	}
}

// formCalls are the calls that send a form.
var formCalls = []struct {
	op   string
	next func(r *Response) *Error
}{
	{OpCompleteLogin, func(r *Response) *Error { return nextOf(grants[0].begin()).answer(r) }},
	{OpRefreshToken, func(r *Response) *Error { return nextOf(grants[1].begin()).answer(r) }},
	{OpLogout, func(r *Response) *Error { return nextOf(testClient().RevokeToken(testAccess)).answer(r) }},
}

type exchangeOf struct{ *Exchange }

func nextOf[T any](op *Operation[T], err *Error) exchangeOf {
	if err != nil {
		panic(err.Message)
	}
	return exchangeOf{op.Exchange}
}

// answer gives the error of an exchange that one response ends.
func (x exchangeOf) answer(r *Response) *Error {
	done, err := x.Next(r)
	if !done {
		panic("another request: " + x.Request.URL)
	}
	return err
}

func TestOAuth2Errors(t *testing.T) {
	for name, code := range oauth2Names {
		for _, status := range []int{400, 401} {
			for _, c := range formCalls {
				r := gateway(status, "")
				r.Body = `{"error":"` + name + `"}` + "\n"
				r.RequestID, r.RetryAfter = "id-1", "2"
				assert.Equal(t, &Error{
					Op: c.op, Code: code, Status: status, Message: "the server refused it: " + name, RequestID: "id-1", RetryAfter: 2000,
					Retryable: code == CodeServerError,
				}, c.next(r), name)
			}
		}
	}
	for _, test := range []struct {
		why       string
		r         *Response
		code      Code
		message   string
		retryable bool
	}{
		{"a description (RFC 6749, section 5.2)", status(400, `{"error":"invalid_grant","error_description":"it is used","error_uri":"x"}`), CodeInvalidGrant, "it is used", false},
		{"a description before", status(400, `{"error_description":"it is used","error":"invalid_grant"}`), CodeInvalidGrant, "it is used", false},
		{"an empty description", status(400, `{"error":"invalid_grant","error_description":""}`), CodeInvalidGrant, "the server refused it: invalid_grant", false},
		{"a description that a log would obey", status(400, `{"error":"invalid_grant","error_description":"a\nb"}`), CodeInvalidGrant, "the server refused it: invalid_grant", false},
		{"traQ's words too", status(400, `{"error":"invalid_grant","message":"Bad Request"}`), CodeInvalidGrant, "the server refused it: invalid_grant", false},
		{"traQ's own error", message(400, "Bad Request"), CodeInvalidRequest, "Bad Request", false},
		{"traQ's own of somebody suspended", message(403, "this account is currently suspended"), CodeAccountSuspended, "this account is currently suspended", false},
		{"a traQ that has no such endpoint", message(404, "Not Found"), CodeNotFound, "Not Found", false},
		{"a way that leads elsewhere in traQ", message(401, "You are not logged in"), CodeNotAuthenticated, "You are not logged in", false},
		{"a gateway's 400", gateway(400, "Bad Request"), CodeInvalidResponse, "", false},
		{"an error that OAuth2 has not", gateway(400, `","error":"nonsense`), CodeInvalidResponse, "", false},
		{"another error of traQ's", status(400, `{"error":"nonsense"}`), CodeInvalidResponse, "", false},
		{"errors have case", status(400, `{"error":"INVALID_GRANT"}`), CodeInvalidResponse, "", false},
		{"an error within", status(400, `{"x":{"error":"invalid_grant"}}`), CodeInvalidResponse, "", false},
		{"an error that ends early", status(400, `{"error":"invalid_grant"`), CodeInvalidResponse, "", false},
		{"a gateway that denies access says nothing of a grant", status(403, `{"error":"access_denied"}`), CodeInvalidResponse, "", false},
		{"nor one that fails", status(502, `{"error":"invalid_grant"}`), CodeServerError, "the server failed", true},
		{"traQ fails", message(500, "Internal Server Error"), CodeServerError, "Internal Server Error", true},
		{"too many requests", message(429, "rate limit exceeded"), CodeRateLimited, "rate limit exceeded", true},
		{"too many requests, by OAuth2's name", status(429, `{"error":"temporarily_unavailable"}`), CodeRateLimited, "too many requests; wait a moment", true},
		{"a redirect, where none can come", opaqueRedirect, CodeInvalidResponse, "", false},
		{"no network", networkFailure, CodeNetworkError, "the server could not be reached; try again", true},
		{"no end", &Response{Failure: FailureTooLarge}, CodeInvalidResponse, "", false},
		{"another success", status(204, ""), CodeInvalidResponse, "", false},
	} {
		for _, c := range formCalls {
			e := c.next(test.r)
			require.NotNil(t, e, "%s: %s", c.op, test.why)
			assert.Equal(t, c.op, e.Op)
			assert.Equal(t, test.code, e.Code, "%s: %s", c.op, test.why)
			assert.Equal(t, test.retryable, e.Retryable, test.why)
			assert.Equal(t, test.r.Status, e.Status, test.why)
			if test.message != "" {
				assert.Equal(t, test.message, e.Message, test.why)
			}
		}
	}
}

// Nothing but a form's answer is read as OAuth2's.
func TestOAuth2ErrorsOfOtherCalls(t *testing.T) {
	for _, c := range callers {
		_, e := c.call(t, &testAPI, status(400, `{"error":"invalid_grant"}`))
		require.NotNil(t, e)
		assert.Equal(t, CodeInvalidResponse, e.Code, c.op)
	}
}

// What comes with the right status from elsewhere has ended no token.
func TestRevokeTokenAnswers(t *testing.T) {
	for _, test := range []struct {
		why string
		r   Response
		ok  bool
	}{
		{"as traQ answers", Response{FromTraQ: true}, true},
		{"where a proxy hides traQ's header", Response{}, true},
		{"traQ's, whatever it comes to say", Response{FromTraQ: true, ContentType: "application/json", Body: "{}"}, true},
		{"a captive portal's page", Response{ContentType: "text/html", Body: "<html>"}, false},
		{"one without a type", Response{Body: "<html>"}, false},
		{"one whose body could not be read", Response{ContentType: "text/html; charset=utf-8"}, false},
		{"another API", Response{ContentType: "application/json", Body: "{}"}, false},
	} {
		test.r.Type, test.r.Status = "cors", 200
		op, err := testClient().RevokeToken(testAccess)
		_, requests, e := run(t, op, err, &test.r)
		assert.Len(t, requests, 1)
		if test.ok {
			assert.Nil(t, e, test.why)
			continue
		}
		require.NotNil(t, e, test.why)
		assert.Equal(t, Error{Op: OpLogout, Code: CodeInvalidResponse, Status: 200, Message: e.Message}, *e, test.why)
	}
}

// The cookie's calls go by the status alone: a proxy may have added a type.
func TestRevokeSessionBehindProxy(t *testing.T) {
	op, err := testAPI.RevokeSession(sessionID)
	_, _, e := run(t, op, err, &Response{Type: "basic", Status: 204, ContentType: "text/plain"})
	assert.Nil(t, e)
}

func TestRevokeToken(t *testing.T) {
	for _, body := range []string{"", "{}", "null", "<html>", "\x00", strings.Repeat("x", 1<<16)} {
		op, err := testClient().RevokeToken(testAccess)
		_, requests, e := run(t, op, err, status(200, body))
		assert.Nil(t, e, "%.20q", body)
		assert.Len(t, requests, 1)
	}
}

func TestTokenArguments(t *testing.T) {
	for _, token := range []string{"", "Bearer a", "a\n", "é", "=", strings.Repeat("a", 4097)} {
		_, err := testClient().RevokeToken(token)
		require.NotNil(t, err, token)
		assert.Equal(t, Error{Op: OpLogout, Code: CodeInvalidArgument, Message: err.Message}, *err)
		_, err = testClient().Refresh(Token{AccessToken: "a", RefreshToken: token})
		require.NotNil(t, err, token)
		assert.Equal(t, Error{Op: OpRefreshToken, Code: CodeInvalidArgument, Message: err.Message}, *err)
	}
}

// A call that another origin's page sends, and that does not arrive, is looked
// into without anything that is secret.
func TestOAuth2AcrossOrigins(t *testing.T) {
	for _, grant := range grants {
		for _, test := range []struct {
			r    *Response
			code Code
		}{{status(200, versionJSON), CodeCrossOriginBlocked}, {networkFailure, CodeNetworkError}} {
			op, err := grant.begin()
			require.Nil(t, err)
			op.api.CrossOrigin = true
			_, requests, e := run(t, op, err, networkFailure, test.r)
			require.NotNil(t, e)
			assert.Equal(t, test.code, e.Code)
			assert.Equal(t, Request{Method: "GET", URL: "https://q.example/api/v3/version", Credentials: CredentialsOmit}, requests[1])
		}
	}
}

// Of several secrets none is in an error, whatever the server says.
func TestOAuth2ErrorsTellNoSecret(t *testing.T) {
	calls := map[string]func() (*Exchange, []string){
		OpCompleteLogin: func() (*Exchange, []string) { return nextOf(grants[0].begin()).Exchange, grants[0].secret },
		"a code with a space": func() (*Exchange, []string) {
			return nextOf(testClient().CompleteLogin(callbackOf("?code=a+b&state="+testState), Transaction{testState, testVerifier})).Exchange, []string{"a b", testVerifier}
		},
		OpRefreshToken: func() (*Exchange, []string) { return nextOf(grants[1].begin()).Exchange, grants[1].secret },
		OpLogout: func() (*Exchange, []string) {
			return nextOf(testClient().RevokeToken(testAccess)).Exchange, []string{testAccess}
		},
		OpGetUser: func() (*Exchange, []string) {
			o := testClient()
			o.API.AccessToken = testAccess
			return nextOf(o.GetUser("read")).Exchange, []string{testAccess}
		},
	}
	for name, begin := range calls {
		_, secrets := begin()
		for _, secret := range secrets {
			for how, escape := range escapes {
				for _, code := range []int{200, 302, 400, 401, 403, 404, 405, 429, 500} {
					for _, member := range []string{"message", "error_description", "error"} {
						x, _ := begin()
						echo := "bad: " + escape(secret) + "!"
						body := `{"error":"invalid_grant",` + quoted(member) + `:` + quoted(echo) + `}`
						if name == OpLogout && code == 200 {
							continue // a success
						}
						e := exchangeOf{x}.answer(&Response{Type: "cors", Status: code, FromTraQ: true, ContentType: "text/" + echo, RequestID: echo, Body: body})
						require.NotNil(t, e, "%s %d", name, code)
						for _, text := range []string{e.Message, e.ServerMessage, e.RequestID} {
							assert.NotContains(t, text, secret, "%s %d %s", name, code, how)
							assert.NotContains(t, text, escape(secret), "%s %d %s", name, code, how)
						}
					}
				}
			}
		}
		x, _ := begin()
		for _, secret := range secrets {
			assert.Empty(t, x.Quote("?x="+strings.ReplaceAll(percentEncode(secret), "%20", "+")), "%s as a form has it", name)
		}
		assert.Equal(t, "nothing of it", x.Quote("nothing of it"))
	}
}
