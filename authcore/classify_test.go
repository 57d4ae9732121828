package authcore

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The error table: every row by the server's words, and by status and
// operation where the words are unknown, but it is traQ that says them.
func TestErrorTable(t *testing.T) {
	tests := []struct {
		op      string
		status  int
		message string
		want    Code
	}{
		{OpLogin, 401, "invalid name", CodeInvalidCredentials},
		{OpLogin, 401, "password or id is wrong", CodeInvalidCredentials},
		{OpLogin, 401, "bot user is not allowed to login", CodeInvalidCredentials},
		{OpLogin, 401, "?", CodeInvalidCredentials},
		{OpLogin, 403, "this account is currently suspended", CodeAccountSuspended},
		{OpLogin, 403, "?", CodeAccountSuspended},
		{OpLogin, 400, "You have already logged in. Please logout once.", CodeAlreadyLoggedIn},
		{OpLogin, 400, "Authorization Header must not be set. Please logout once.", CodeAuthorizationNotAllowed},
		{OpLogin, 400, "name: cannot be blank; password: cannot be blank.", CodeInvalidRequest},
		{OpLogin, 400, "Bad Request", CodeInvalidRequest},
		{OpLogin, 400, "invalid provider name", CodeInvalidRequest},
		{OpLogin, 400, "already linked", CodeInvalidRequest},
		{OpLogin, 400, "?", CodeInvalidRequest},
		{OpLogin, 415, "Unsupported Media Type", CodeInvalidRequest},
		{OpLogin, 415, "You have already logged in. Please logout once.", CodeInvalidRequest},

		{OpLinkAccount, 400, "invalid provider name", CodeProviderNotEnabled},
		{OpLinkAccount, 400, "already linked", CodeAlreadyLinked},
		{OpLinkAccount, 400, "providerName: cannot be blank.", CodeInvalidRequest},
		{OpLinkAccount, 400, "You have already logged in. Please logout once.", CodeInvalidRequest},
		{OpLinkAccount, 400, "?", CodeInvalidRequest},
		{OpUnlinkAccount, 400, "invalid provider name", CodeNotLinked},
		{OpUnlinkAccount, 400, "already linked", CodeInvalidRequest},
		{OpUnlinkAccount, 400, "?", CodeInvalidRequest},

		{OpLoginWith, 400, "invalid provider name", CodeInvalidRequest},
		{OpLoginWith, 400, "You have already logged in. Please logout once.", CodeInvalidRequest},
		{OpLoginWith, 401, "You are not logged in", CodeNotAuthenticated},
		{OpLoginWith, 403, "?", CodeInsufficientScope},
		{OpLoginWith, 404, "Not Found", CodeNotFound},
		{OpLoginWith, 429, "rate limit exceeded", CodeRateLimited},
		{OpLoginWith, 500, "Internal Server Error", CodeServerError},
		{OpLoginWith, 503, "?", CodeServerError},
		{OpLoginWith, 204, "?", CodeInvalidResponse},

		{OpListSessions, 401, "You are not logged in", CodeNotAuthenticated},
		{OpListSessions, 401, "?", CodeNotAuthenticated},
		{OpListSessions, 401, "invalid token", CodeInvalidToken},
		{OpListSessions, 401, "invalid authorization scheme", CodeInvalidToken},
		{OpListSessions, 403, "you are not permitted to request to '/api/v3/users/me/sessions'", CodeInsufficientScope},
		{OpListSessions, 403, "?", CodeInsufficientScope},
		{OpListSessions, 403, "Bot users are not permitted to access this API", CodeBotNotPermitted},
		{OpListSessions, 403, "this account is currently suspended", CodeAccountSuspended},
		{OpListSessions, 404, "Not Found", CodeNotFound},
		{OpListSessions, 405, "Method Not Allowed", CodeInvalidResponse},
		{OpListSessions, 418, "?", CodeInvalidResponse},
		{OpListSessions, 429, "rate limit exceeded", CodeRateLimited},
		{OpListSessions, 500, "Internal Server Error", CodeServerError},
		{OpListSessions, 503, "?", CodeServerError},
		{OpListSessions, 599, "?", CodeServerError},
		{OpListSessions, 600, "?", CodeInvalidResponse},
		{OpListSessions, 204, "?", CodeInvalidResponse},
		{OpListSessions, 301, "?", CodeInvalidResponse},
		{OpListSessions, 304, "?", CodeInvalidResponse},
		{OpLogout, 200, "?", CodeInvalidResponse},
		{OpGetUser, 401, "You are not logged in", CodeNotAuthenticated},
		{OpGetServerInfo, 404, "Not Found", CodeNotFound},
	}
	for _, test := range tests {
		t.Run(test.op+"/"+string(test.want)+"/"+test.message, func(t *testing.T) {
			r := message(test.status, test.message)
			r.RequestID = "id-1"
			_, err := callerNamed(test.op).call(t, &testAPI, r)
			require.NotNil(t, err)
			assert.Equal(t, test.want, err.Code)
			assert.Equal(t, test.op, err.Op)
			assert.Equal(t, test.status, err.Status)
			assert.Equal(t, "id-1", err.RequestID)
			if test.want != CodeInvalidResponse {
				assert.Equal(t, test.message, err.ServerMessage)
			}
			assert.Equal(t, test.want == CodeRateLimited || test.want == CodeServerError, err.Retryable)
			assert.True(t, strings.HasPrefix(err.Error(), test.op+": "), err.Error())
		})
	}
}

// A server that says nothing leaves the caller with something to read all the same.
func TestEmptyWords(t *testing.T) {
	for code, want := range map[int]string{400: "status 400", 403: "status 403", 429: "wait", 500: "failed"} {
		_, err := callerNamed(OpListSessions).call(t, &testAPI, message(code, ""))
		require.NotNil(t, err)
		assert.Contains(t, err.Message, want)
		assert.Empty(t, err.ServerMessage)
	}
}

func TestUnknownWordsWithToken(t *testing.T) {
	api := testAPI
	api.AccessToken = "token"
	_, err := callerNamed(OpListSessions).call(t, &api, message(401, "?"))
	assert.Equal(t, CodeInvalidToken, err.Code, "a 401 to a request with a token is about the token")
	_, err = callerNamed(OpListSessions).call(t, &api, message(401, "You are not logged in"))
	assert.Equal(t, CodeNotAuthenticated, err.Code, "known words decide")
}

// What a gateway says is not traQ's word about its users, even in traQ's form.
func TestGatewayErrors(t *testing.T) {
	for status, messages := range map[int][]string{
		400: {"Bad Request", "invalid request", "Authorization", ""},
		401: {"No API key found in request", "Unauthorized", "Invalid token", "invalid token", "You are not logged in to the proxy", ""},
		402: {"Payment Required"},
		403: {"Forbidden", "RBAC: access denied", "suspended", "you are not permitted", "Bot users", ""},
		404: {"Not Found", "no Route matched with those values", ""},
		405: {"Method Not Allowed"},
		407: {"Proxy Authentication Required"},
		413: {"Request Entity Too Large"},
		415: {"Unsupported Media Type", "invalid provider name"},
	} {
		for _, c := range callers {
			for _, words := range messages {
				_, err := c.call(t, &testAPI, gateway(status, words))
				require.NotNil(t, err)
				assert.Equal(t, CodeInvalidResponse, err.Code, "%s: %d %s", c.op, status, words)
				assert.Equal(t, status, err.Status)
				assert.Empty(t, err.ServerMessage)
				assert.Contains(t, err.Message, "baseURL")
			}
		}
	}
	// 429 and 5xx are what they are, whoever sends them.
	for _, c := range callers {
		for status, code := range map[int]Code{429: CodeRateLimited, 500: CodeServerError, 503: CodeServerError} {
			_, err := c.call(t, &testAPI, gateway(status, "API rate limit exceeded"))
			assert.Equal(t, code, err.Code, "%s: %d", c.op, status)
			assert.Equal(t, "API rate limit exceeded", err.ServerMessage)
			assert.True(t, err.Retryable)
		}
	}
	// A gateway's 401 does not confirm that a logout took place.
	op, err := testAPI.Logout(false, toFoo)
	_, _, e := run(t, op, err, opaqueRedirect, gateway(401, "Unauthorized"))
	require.NotNil(t, e)
	assert.Equal(t, CodeInvalidResponse, e.Code)
}

// Words that traQ alone says are traQ's, whatever has become of its headers on
// the way.
func TestWordsWithoutHeader(t *testing.T) {
	for _, test := range []struct {
		op      string
		token   bool
		status  int
		message string
		want    Code
	}{
		{OpLogin, false, 401, "invalid name", CodeInvalidCredentials},
		{OpLogin, false, 401, "password or id is wrong", CodeInvalidCredentials},
		{OpLogin, false, 401, "bot user is not allowed to login", CodeInvalidCredentials},
		{OpLogin, false, 401, "You are not logged in", CodeInvalidResponse},
		{OpLogin, false, 403, "this account is currently suspended", CodeAccountSuspended},
		{OpLogin, false, 400, "You have already logged in. Please logout once.", CodeAlreadyLoggedIn},
		{OpLogin, false, 400, "Authorization Header must not be set. Please logout once.", CodeAuthorizationNotAllowed},
		{OpLinkAccount, false, 400, "invalid provider name", CodeProviderNotEnabled},
		{OpLinkAccount, false, 400, "already linked", CodeAlreadyLinked},
		{OpUnlinkAccount, false, 400, "invalid provider name", CodeNotLinked},
		{OpGetUser, false, 401, "You are not logged in", CodeNotAuthenticated},
		{OpGetUser, false, 401, "password or id is wrong", CodeInvalidResponse},
		{OpGetUser, true, 401, "You are not logged in", CodeNotAuthenticated},
		{OpGetUser, false, 401, "invalid token", CodeInvalidResponse}, // of a token that was not sent
		{OpGetUser, true, 401, "invalid token", CodeInvalidToken},
		{OpGetUser, false, 401, "invalid authorization scheme", CodeInvalidResponse},
		{OpGetUser, true, 401, "invalid authorization scheme", CodeInvalidToken},
		{OpGetUser, false, 403, "this account is currently suspended", CodeAccountSuspended},
		{OpListSessions, true, 403, "you are not permitted to request to '/api/v3/users/me/sessions'", CodeInsufficientScope},
		{OpListSessions, true, 403, "Bot users are not permitted to access this API", CodeBotNotPermitted},
	} {
		api := testAPI
		if test.token {
			api.AccessToken = "token"
		}
		_, err := callerNamed(test.op).call(t, &api, gateway(test.status, test.message))
		require.NotNil(t, err)
		assert.Equal(t, test.want, err.Code, "%+v", test)
	}
}

// A page of a proxy's is not traQ's either.
func TestForeignErrors(t *testing.T) {
	html := func(status int) *Response {
		return &Response{Type: "basic", Status: status, ContentType: "text/html", Body: "<html>Sign in</html>"}
	}
	for _, c := range callers {
		for _, code := range []int{400, 401, 403, 404, 407} {
			_, err := c.call(t, &testAPI, html(code))
			assert.Equal(t, CodeInvalidResponse, err.Code, "%s, %d", c.op, code)
			assert.Contains(t, err.Message, "text/html")
			assert.Empty(t, err.ServerMessage)
		}
		for _, code := range []int{500, 502, 503, 504} {
			_, err := c.call(t, &testAPI, html(code))
			assert.Equal(t, CodeServerError, err.Code, "%s, %d", c.op, code)
		}
		_, err := c.call(t, &testAPI, html(429))
		assert.Equal(t, CodeRateLimited, err.Code, c.op)
		_, err = c.call(t, &testAPI, status(503, `{"message":"half of it"`))
		assert.Empty(t, err.ServerMessage, c.op)
	}
	for _, body := range []string{"", "{}", `{"message":1}`, `{"message":"x"`, `{"message":"x"} y`, `["message"]`, "null"} {
		_, err := callerNamed(OpLogin).call(t, &testAPI, status(401, body))
		assert.Equal(t, CodeInvalidResponse, err.Code, body)
	}
	_, err := callerNamed(OpLogin).call(t, &testAPI, status(401, `{"code":5,"message":"x","more":[{}]}`))
	assert.Equal(t, CodeInvalidCredentials, err.Code, "unknown members are ignored")
}

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]int{
		"1": 1000, "0": 0, "120": 120_000, "999999": 999_999_000,
		"": 0, "-1": 0, "1.5": 0, "1000000": 0, "soon": 0, "Wed, 21 Oct 2026 07:28:00 GMT": 0,
	} {
		r := message(429, "rate limit exceeded")
		r.RetryAfter = value
		_, err := callerNamed(OpGetUser).call(t, &testAPI, r)
		assert.Equal(t, want, err.RetryAfter, value)
	}
}
