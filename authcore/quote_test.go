package authcore

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var secrets = []string{
	"a", "1", ".", " ", "password1234", "id-1", "correct horse battery", `p"a\s/s`, `\`, `"`, `""""`, "%", "50%off", "100%25", "%2F", "%252F", "a%", "%zz", "p&w=d?#",
	"!'()*~", "ぱすわーど", "p\u0080\u00e9", "p😀w", "passwordpassword", "p<ss&w", "パスワード1", "😀", "<", "a+b c", "a\tb", "\n", "\b\f\n\r\t", "\x00\x1f",
	`\u003c`, `\\n"`, `u003c<`, `%25"`, `%5Cu003c`, "\u2028",
}

func TestQuoteTellsNoSecret(t *testing.T) {
	for _, secret := range secrets {
		op, err := testAPI.Login("alice", secret, Redirect{})
		require.Nil(t, err)
		for how, escape := range escapes {
			for _, around := range [][2]string{{"", ""}, {"bad request: ", ""}, {"", "!"}, {`{"name":"alice","password":`, `}`}, {`"`, `"`}, {"%", ""}, {`\`, ""}, {"%2", "0"}, {secret[:1], secret}} {
				text := around[0] + escape(secret) + around[1]
				assert.Empty(t, op.Quote(text), "%q, %s", secret, how)
			}
		}
	}
}

func TestQuote(t *testing.T) {
	op, err := testAPI.Login("alice", "password1234", Redirect{})
	require.Nil(t, err)
	for _, said := range []string{
		"", "Internal Server Error", "password or id is wrong", "password123", "assword1234", "PASSWORD123 4", "%", "%7", `\`, "密", "\u00a0", "\xc2", "\u0080"[1:], "application/json; charset=utf-8",
		"password%31%32%33%35", `p\assword`, strings.Repeat("x", 1024), strings.Repeat("password123", 50), "%zz%g1%1g",
	} {
		assert.Equal(t, said, op.Quote(said))
	}
	for _, said := range []string{
		strings.Repeat("x", 1025), strings.Repeat("x", 1<<20), "a\nb", "\x1b[31m", "\x00", "a\tb", "\x7f", "a\u0085b", "\u009b31m", "\u0080", "\u009f",
	} {
		assert.Empty(t, op.Quote(said), "%.20q", said)
	}
	for _, c := range callers {
		api := testAPI
		api.AccessToken = "tok-En.1234"
		r := message(500, "no Bearer tok-En.1234")
		r.FromTraQ = false
		_, err := c.call(t, &api, r)
		require.NotNil(t, err)
		requests, _ := c.call(t, &api, networkFailure)
		if requests[0].Authorization != "" {
			assert.Equal(t, "the server failed", err.Message, c.op)
		} else {
			assert.Equal(t, "no Bearer tok-En.1234", err.Message, "%s sends no token, so it is not this server's to tell", c.op)
		}
	}
	free := testAPI.GetServerInfo()
	assert.Equal(t, "anything", free.Quote("anything"), "who sends no secret has none to lose")
}

// Whatever of an answer an error could quote tells nothing of what was sent, and
// what the answer means stays the same.
func TestErrorsTellNoSecret(t *testing.T) {
	const password, token = "s3cr/t pass", "tok-En.1234+/=="
	echoes := func(secret string) []string {
		return []string{secret, "bad: " + quoted(secret), "?p=" + percentEncode(secret), secret + strings.Repeat("x", 1<<11)}
	}
	check := func(t *testing.T, e *Error, code Code, secret string) {
		t.Helper()
		require.NotNil(t, e)
		assert.Equal(t, code, e.Code)
		for _, text := range []string{e.Message, e.ServerMessage, e.RequestID, e.Error()} {
			assert.NotContains(t, text, secret)
			assert.NotContains(t, text, percentEncode(secret))
			assert.LessOrEqual(t, len(text), 1500)
		}
		assert.NotEmpty(t, e.Message)
	}
	for status, code := range map[int]Code{
		200: CodeInvalidResponse, 400: CodeInvalidRequest, 401: CodeInvalidCredentials, 403: CodeAccountSuspended, 404: CodeNotFound, 405: CodeInvalidResponse,
		429: CodeRateLimited, 500: CodeServerError, 503: CodeServerError,
	} {
		for _, echo := range echoes(password) {
			r := &Response{Type: "basic", Status: status, FromTraQ: true, ContentType: "text/" + echo, RequestID: echo,
				Body: `{"message":` + quoted(echo) + `}`}
			op, err := testAPI.Login("alice", password, Redirect{})
			_, _, e := run(t, op, err, r)
			check(t, e, code, password)

			// A server that keeps what it was told has it in the confirmation too.
			op, err = testAPI.Login("alice", password, toFoo)
			_, _, e = run(t, op, err, opaqueRedirect, r)
			require.NotNil(t, e)
			check(t, e, e.Code, password)
		}
		for _, echo := range echoes(token) {
			api := testAPI
			api.AccessToken = token
			r := &Response{Type: "basic", Status: status, FromTraQ: true, ContentType: "text/" + echo, RequestID: echo,
				Body: `{"message":` + quoted(echo) + `}`}
			op, err := api.GetUser()
			_, _, e := run(t, op, err, r)
			if code == CodeInvalidCredentials {
				code = CodeInvalidToken
			}
			if code == CodeAccountSuspended {
				code = CodeInsufficientScope
			}
			check(t, e, code, token)
		}
	}
	lost := status(204, "")
	lost.Type, lost.RequestID = "cors", password
	op, err := testAPI.Login("alice", password, Redirect{})
	_, _, e := run(t, op, err, lost)
	check(t, e, CodeCookieNotKept, password)
}

// Words that are traQ's own are no echo, whatever the password is.
func TestOwnWordsAreNoEcho(t *testing.T) {
	for _, test := range []struct {
		status  int
		message string
	}{
		{401, "password or id is wrong"}, {401, "invalid name"}, {403, "this account is currently suspended"},
		{400, "You have already logged in. Please logout once."}, {400, "Authorization Header must not be set. Please logout once."},
	} {
		for _, password := range []string{"a", "wrong", "password", test.message} {
			op, err := testAPI.Login("alice", password, Redirect{})
			_, _, e := run(t, op, err, message(test.status, test.message))
			require.NotNil(t, e)
			assert.Equal(t, test.message, e.ServerMessage, password)
			assert.Equal(t, test.message, e.Message)

			op, err = testAPI.Login("alice", password, Redirect{})
			_, _, e = run(t, op, err, message(test.status, test.message+" "+password))
			require.NotNil(t, e)
			assert.Empty(t, e.ServerMessage, password)
		}
	}
	api := testAPI
	api.AccessToken = "token"
	_, e := callerNamed(OpListSessions).call(t, &api, message(401, "invalid token"))
	assert.Equal(t, "invalid token", e.ServerMessage)
	_, e = callerNamed(OpListSessions).call(t, &api, message(403, "you are not permitted to request to '/token'"))
	assert.Equal(t, CodeInsufficientScope, e.Code)
	assert.Empty(t, e.ServerMessage)
}

// FuzzQuote escapes any secret and puts it into any text.
func FuzzQuote(f *testing.F) {
	for _, secret := range secrets {
		f.Add("before ", secret, " after")
	}
	f.Fuzz(func(t *testing.T, before, secret, after string) {
		x := &Exchange{secret: secret}
		if said := before + after; secret == "" && len(said) <= longestQuote && utf8.ValidString(said) && !strings.ContainsFunc(said, unicode.IsControl) {
			assert.Equal(t, said, x.Quote(said))
		}
		if secret == "" {
			return
		}
		assert.Empty(t, x.Quote(before+secret+after))
		assert.Empty(t, x.Quote(percentEncodeAll(secret)))
		if quoted := x.Quote(before); quoted != "" {
			assert.Equal(t, before, quoted, "all or nothing")
			assert.NotContains(t, quoted, secret)
		}
	})
}
