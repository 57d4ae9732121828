package authcore

import (
	"crypto/sha256"
	"encoding/base64"
	neturl "net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The verifier and the challenge of RFC 7636, appendix B.
const (
	testVerifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	testChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	testState     = "0123456789abcdefghijklmnopqrstuvwxyzABCD-._~"
)

// testClient is a client that nothing is wrong with.
func testClient() *OAuth2 {
	api := testAPI
	return &OAuth2{API: &api, ClientID: "client-1", RedirectURI: "https://app.example/callback", Scope: "read"}
}

// oauth2Calls are what needs a client that is right, by the call's name.
var oauth2Calls = []struct {
	op   string
	call func(o *OAuth2) *Error
}{
	{OpLogin, func(o *OAuth2) *Error { _, err := o.Authorize(testState, testChallenge, ""); return err }},
	{OpCompleteLogin, func(o *OAuth2) *Error {
		_, err := o.CompleteLogin(callbackOf("?code=c&state="+testState), Transaction{testState, testVerifier})
		return err
	}},
	{OpRefreshToken, func(o *OAuth2) *Error { _, err := o.Refresh(Token{RefreshToken: "refresh"}); return err }},
	{OpLogout, func(o *OAuth2) *Error { _, err := o.RevokeToken("token"); return err }},
}

func TestOAuth2Client(t *testing.T) {
	accepted := []struct {
		why string
		set func(o *OAuth2)
	}{
		{"as it is registered", func(*OAuth2) {}},
		{"all that VSCHAR has (RFC 6749, A.1)", func(o *OAuth2) { o.ClientID = ` !"#$%&'()*+,-./09:;<=>?@AZ[\]^_` + "`az{|}~" }},
		{"the longest id", func(o *OAuth2) { o.ClientID = strings.Repeat("c", 256) }},
		{"http, as while developing", func(o *OAuth2) { o.RedirectURI = "http://localhost:5173/" }},
		{"a query of its own (RFC 6749, section 3.1.2)", func(o *OAuth2) { o.RedirectURI = "https://app.example/?page=callback&@" }},
		{"the longest address", func(o *OAuth2) { o.RedirectURI = "https://app.example/" + strings.Repeat("a", 2048-20) }},
		{"several scopes", func(o *OAuth2) { o.Scope = "read write" }},
		{"all that a scope-token has (A.4)", func(o *OAuth2) { o.Scope = "!#[]~^" }},
		{"the longest scope", func(o *OAuth2) { o.Scope = strings.Repeat("s", 1024) }},
	}
	for _, test := range accepted {
		for _, c := range oauth2Calls {
			o := testClient()
			test.set(o)
			assert.Nil(t, c.call(o), "%s: %s", c.op, test.why)
		}
	}

	refused := []struct {
		why  string
		set  func(o *OAuth2)
		said string
	}{
		{"no id", func(o *OAuth2) { o.ClientID = "" }, "clientId must be the client"},
		{"an id of another alphabet", func(o *OAuth2) { o.ClientID = "クライアント" }, "clientId must be"},
		{"a line's end would be in an address", func(o *OAuth2) { o.ClientID = "a\n" }, "clientId must be"},
		{"DEL is no VSCHAR", func(o *OAuth2) { o.ClientID = "a\x7f" }, "clientId must be"},
		{"an id of any length", func(o *OAuth2) { o.ClientID = strings.Repeat("c", 257) }, "clientId must be"},
		{"no address", func(o *OAuth2) { o.RedirectURI = "" }, "redirectURI must be absolute"},
		{"a relative address", func(o *OAuth2) { o.RedirectURI = "/callback" }, "redirectURI must be absolute"},
		{"an address without a scheme", func(o *OAuth2) { o.RedirectURI = "//app.example/callback" }, "redirectURI must be absolute"},
		{"an app's scheme, which leads to no page", func(o *OAuth2) { o.RedirectURI = "com.example.app:/callback" }, "redirectURI must be absolute"},
		{"a script", func(o *OAuth2) { o.RedirectURI = "javascript:alert(1)" }, "redirectURI must be absolute"},
		{"no host", func(o *OAuth2) { o.RedirectURI = "https:///callback" }, "redirectURI must be absolute"},
		{"a fragment (RFC 6749, section 3.1.2)", func(o *OAuth2) { o.RedirectURI = "https://app.example/#/callback" }, "without #"},
		{"an empty fragment", func(o *OAuth2) { o.RedirectURI = "https://app.example/#" }, "without #"},
		{"credentials, which all would read", func(o *OAuth2) { o.RedirectURI = "https://a:b@app.example/" }, "user name"},
		{"no URL parser leaves a space", func(o *OAuth2) { o.RedirectURI = "https://app.example/a b" }, "ASCII without spaces"},
		{"nor another letter", func(o *OAuth2) { o.RedirectURI = "https://app.example/あ" }, "ASCII without spaces"},
		{"an address of any length", func(o *OAuth2) { o.RedirectURI = "https://app.example/" + strings.Repeat("a", 2048-19) }, "at most 2048"},
		{"no scope is all that the client may", func(o *OAuth2) { o.Scope = "" }, "scope must be names"},
		{"an empty name", func(o *OAuth2) { o.Scope = " " }, "scope must be"},
		{"an empty name before", func(o *OAuth2) { o.Scope = " read" }, "scope must be"},
		{"an empty name behind", func(o *OAuth2) { o.Scope = "read " }, "scope must be"},
		{"an empty name between", func(o *OAuth2) { o.Scope = "read  write" }, "scope must be"},
		{"a quote is in no scope-token", func(o *OAuth2) { o.Scope = `a"` }, "scope must be"},
		{"nor a backslash", func(o *OAuth2) { o.Scope = `a\` }, "scope must be"},
		{"nor a tab", func(o *OAuth2) { o.Scope = "a\tb" }, "scope must be"},
		{"nor another letter", func(o *OAuth2) { o.Scope = "読" }, "scope must be"},
		{"a scope of any length", func(o *OAuth2) { o.Scope = strings.Repeat("s", 1025) }, "scope must be"},
	}
	for _, test := range refused {
		for _, c := range oauth2Calls {
			o := testClient()
			test.set(o)
			err := c.call(o)
			require.NotNil(t, err, "%s: %s", c.op, test.why)
			assert.Equal(t, CodeInvalidArgument, err.Code, test.why)
			assert.Equal(t, c.op, err.Op, test.why)
			assert.Contains(t, err.Message, test.said, test.why)
		}
	}
}

func TestAuthorize(t *testing.T) {
	for _, prompt := range []string{"", "none"} {
		o := testClient()
		o.ClientID, o.RedirectURI, o.Scope = `a b&c=d+e%f#g`, "https://app.example/callback?x=1&y=%2B+", "read write"
		address, err := o.Authorize(testState, testChallenge, prompt)
		require.Nil(t, err)
		path, query, _ := strings.Cut(address, "?")
		assert.Equal(t, "https://q.example/api/v3/oauth2/authorize", path)
		got, e := neturl.ParseQuery(query)
		require.NoError(t, e)
		want := neturl.Values{
			"response_type": {"code"}, "client_id": {o.ClientID}, "redirect_uri": {o.RedirectURI}, "scope": {"read write"},
			"state": {testState}, "code_challenge": {testChallenge}, "code_challenge_method": {"S256"},
		}
		if prompt != "" {
			want["prompt"] = []string{"none"}
		}
		assert.Equal(t, want, got)
	}
}

func TestAuthorizeArguments(t *testing.T) {
	for _, test := range []struct{ why, key string }{
		{"none", ""},
		{"fewer than 256 bits", strings.Repeat("a", 42)},
		{"longer than RFC 7636 has it", strings.Repeat("a", 129)},
		{"base64 that is not for addresses", strings.Repeat("a", 42) + "+"},
		{"padding", strings.Repeat("a", 43) + "="},
		{"another letter", strings.Repeat("a", 43) + "é"},
		{"a control character", strings.Repeat("a", 43) + "\n"},
	} {
		_, err := testClient().Authorize(test.key, testChallenge, "")
		require.NotNil(t, err, test.why)
		assert.Equal(t, CodeInvalidArgument, err.Code, test.why)
		assert.Contains(t, err.Message, "state, challenge and verifier must be", test.why)

		_, err = testClient().Authorize(testState, test.key, "")
		require.NotNil(t, err, test.why)
		assert.Equal(t, CodeInvalidArgument, err.Code, test.why)
		assert.Contains(t, err.Message, "state, challenge and verifier must be", test.why)

		_, err = testClient().CompleteLogin(callbackOf("?code=c&state="+testState), Transaction{testState, test.key})
		require.NotNil(t, err, test.why)
		assert.Equal(t, CodeInvalidArgument, err.Code, test.why)
		assert.Contains(t, err.Message, "state, challenge and verifier must be", test.why)
	}
	for _, key := range []string{strings.Repeat("a", 43), strings.Repeat("~", 128)} {
		_, err := testClient().Authorize(key, key, "")
		assert.Nil(t, err)
		_, err = testClient().CompleteLogin(callbackOf("?code=c&state="+testState), Transaction{testState, key})
		assert.Nil(t, err)
	}
	for _, prompt := range []string{"login", "consent", "select_account", "none login", "NONE", " "} {
		_, err := testClient().Authorize(testState, testChallenge, prompt)
		require.NotNil(t, err, prompt)
		assert.Equal(t, CodeInvalidArgument, err.Code, prompt)
		assert.Contains(t, err.Message, `prompt must be "none"`)
	}
}

// The challenge is made in JavaScript; this holds what is sent here against it.
func TestPKCEVector(t *testing.T) {
	sum := sha256.Sum256([]byte(testVerifier))
	require.Equal(t, testChallenge, base64.RawURLEncoding.EncodeToString(sum[:]), "RFC 7636, appendix B")

	o := testClient()
	address, err := o.Authorize(testState, testChallenge, "")
	require.Nil(t, err)
	asked, e := neturl.Parse(address)
	require.NoError(t, e)
	op, err := o.CompleteLogin(callbackOf("https://app.example/callback?code=c&state="+asked.Query().Get("state")), Transaction{testState, testVerifier})
	require.Nil(t, err)
	sent, e := neturl.ParseQuery(op.Request.Body)
	require.NoError(t, e)
	sum = sha256.Sum256([]byte(sent.Get("code_verifier")))
	assert.Equal(t, asked.Query().Get("code_challenge"), base64.RawURLEncoding.EncodeToString(sum[:]))
	assert.Equal(t, "S256", asked.Query().Get("code_challenge_method"))
}

func TestTokenAlphabet(t *testing.T) {
	for _, token := range []string{"a", "Az09-._~+/", "a=", "a==", strings.Repeat("a", 4096), strings.Repeat("a", 4095) + "="} {
		assert.True(t, isToken(token), "%.20q", token)
	}
	for _, token := range []string{"", "=", "==", "a=b", "=a", "a b", "Bearer a", "a\n", "a,b", "é", "\x7f", "a:b", `a"`, "a%", strings.Repeat("a", 4097), strings.Repeat("a", 4096) + "="} {
		assert.False(t, isToken(token), "%.20q", token)
	}
}
