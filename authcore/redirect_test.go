package authcore

import (
	"strings"
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unsafeRedirects are targets, each with what a browser's parser makes of it
// against https://q.example/api/v3/login.
var unsafeRedirects = map[string]string{
	"//evil.example/":               "https://evil.example/",
	"//q.example/":                  "https://q.example/",
	`/\evil.example`:                "https://evil.example/",
	`\\evil.example`:                "https://evil.example/",
	`/a\b`:                          "https://q.example/a/b",
	"javascript:alert(1)":           "javascript:alert(1)",
	"data:text/html,x":              "data:text/html,x",
	"blob:https://q.example/1":      "blob:https://q.example/1",
	"ftp://q.example/":              "ftp://q.example/",
	"https://evil.example":          "https://evil.example/",
	"https://app.examp":             "https://app.examp/",
	"https://app.example.evil":      "https://app.example.evil/",
	"https://app.example:444":       "https://app.example:444/",
	"http://q.example/":             "http://q.example/",
	"https://q.example:444/":        "https://q.example:444/",
	"https://q.example.evil/":       "https://q.example.evil/",
	"https://alice@q.example/":      "https://alice@q.example/",
	"https://a:b@app.example/":      "https://a:b@app.example/",
	"https://q.example@evil/":       "https://q.example@evil/",
	"/a\r\nSet-Cookie: x":           "https://q.example/aSet-Cookie:%20x",
	"/\tx":                          "https://q.example/x",
	"\x00/x":                        "https://q.example/x",
	"/\x7f":                         "https://q.example/%7F",
	"/\u0085":                       "https://q.example/%C2%85",
	" /x":                           "https://q.example/x",
	"/x ":                           "https://q.example/x",
	"https://":                      "",
	"https:///evil.example":         "https://evil.example/",
	"http:evil":                     "http://evil/",
	"https://q.example:99999/":      "",
	"https://xn--app-example.test/": "",
	"https://あ.example":             "https://xn--l8j.example/",
}

// byBrowser is what a browser's parser makes of a target, "" for nothing.
func byBrowser(target string) string {
	parsed, err := whatwg.ParseRef("https://q.example/api/v3/login", target)
	if err != nil {
		return ""
	}
	return parsed.Href(false)
}

func TestUnsafeRedirects(t *testing.T) {
	api := testAPI
	api.AllowedRedirectOrigins = []string{"https://app.example"}
	for target, url := range unsafeRedirects {
		require.Equal(t, url, byBrowser(target), target)
		_, err := api.Login("alice", "pw", Redirect{target, url})
		require.NotNil(t, err, target)
		assert.Equal(t, CodeUnsafeRedirect, err.Code, target)
		why, told := strings.CutPrefix(err.Message, "redirect ")
		assert.True(t, told, why)
		_, err = api.Logout(true, Redirect{target, url})
		require.NotNil(t, err, target)
		assert.Equal(t, CodeUnsafeRedirect, err.Code, target)
		for _, op := range []string{OpLoginWith, OpLinkAccount} {
			err = api.CheckReturn(op, Redirect{target, url})
			require.NotNil(t, err, target)
			assert.Equal(t, &Error{Op: op, Code: CodeUnsafeRedirect, Message: "returnTo " + why}, err, target)
		}
	}
}

// What is wrong is told, since a person has to put it right.
func TestWhyUnsafe(t *testing.T) {
	for target, why := range map[string]string{
		"/\x00":                    "control character",
		`/\x`:                      "backslash",
		" /":                       "space",
		"//q.example/":             "begins with //",
		"javascript:alert(1)":      "no http or https address",
		"https://":                 "no http or https address",
		"https://alice@q.example/": "user name",
		"https://evil.example/x":   "leads to https://evil.example, which",
	} {
		_, err := testAPI.Login("alice", "pw", Redirect{target, byBrowser(target)})
		require.NotNil(t, err, target)
		assert.Contains(t, err.Message, why, target)
	}
}

func TestOriginOf(t *testing.T) {
	for _, test := range []struct {
		url, origin string
		credentials bool
	}{
		{"https://q.example/@", "https://q.example", false},
		{"http://q.example:80/", "http://q.example:80", false},
		{"https://q.example", "https://q.example", false},
		{"https://q.example?a@b/c", "https://q.example", false},
		{"https://q.example#a@b/c", "https://q.example", false},
		{"https://a@q.example/", "https://a@q.example", true},
		{"https://a:b@q.example?", "https://a:b@q.example", true},
		{"https://", "", false},
		{"https:///q.example", "", false},
		{"http://?q.example", "", false},
		{"https:/q.example", "", false},
		{"HTTPS://q.example/", "", false},
		{"ftp://q.example/", "", false},
		{"", "", false},
	} {
		origin, credentials := originOf(test.url)
		assert.Equal(t, test.origin, origin, test.url)
		assert.Equal(t, test.credentials, credentials, test.url)
	}
}

func TestSafeRedirects(t *testing.T) {
	api := testAPI
	api.AllowedRedirectOrigins = []string{"https://app.example", "http://127.0.0.1:8080"}
	for _, test := range []struct{ target, url, sent string }{
		{"/", "https://q.example/", "https%3A%2F%2Fq.example%2F"},
		{"/foo?a=b&c#d", "https://q.example/foo?a=b&c#d", "https%3A%2F%2Fq.example%2Ffoo%3Fa%3Db%26c%23d"},
		{"foo bar/あ", "https://q.example/api/v3/foo%20bar/%E3%81%82", "https%3A%2F%2Fq.example%2Fapi%2Fv3%2Ffoo%2520bar%2F%25E3%2581%2582"},
		{"/£", "https://q.example/%C2%A3", "https%3A%2F%2Fq.example%2F%25C2%25A3"},
		{"/..//evil.example", "https://q.example//evil.example", "https%3A%2F%2Fq.example%2F%2Fevil.example"},
		{"https://q.example", "https://q.example/", "https%3A%2F%2Fq.example%2F"},
		{"HTTPS://Q.example:443/x", "https://q.example/x", "https%3A%2F%2Fq.example%2Fx"},
		{"https://app.example/a@b", "https://app.example/a@b", "https%3A%2F%2Fapp.example%2Fa%40b"},
		{"http://127.0.0.1:8080/", "http://127.0.0.1:8080/", "http%3A%2F%2F127.0.0.1%3A8080%2F"},
		// What a browser's parser leaves out, maps or writes otherwise, and
		// one that reads a Location as Latin-1 would not.
		{"https://app.ex\u00adample/", "https://app.example/", "https%3A%2F%2Fapp.example%2F"},
		{"https://ａｐｐ.example/", "https://app.example/", "https%3A%2F%2Fapp.example%2F"},
		{"https://app。example/", "https://app.example/", "https%3A%2F%2Fapp.example%2F"},
		{"http://0x7f.1:8080", "http://127.0.0.1:8080/", "http%3A%2F%2F127.0.0.1%3A8080%2F"},
		{"?é", "https://q.example/api/v3/login?%C3%A9", "https%3A%2F%2Fq.example%2Fapi%2Fv3%2Flogin%3F%25C3%25A9"},
		{"#é", "https://q.example/api/v3/login#%C3%A9", "https%3A%2F%2Fq.example%2Fapi%2Fv3%2Flogin%23%25C3%25A9"},
	} {
		require.Equal(t, test.url, byBrowser(test.target), test.target)
		assert.Nil(t, api.CheckReturn(OpLinkAccount, Redirect{test.target, test.url}), test.target)
		op, err := api.Login("alice", "pw", Redirect{test.target, test.url})
		require.Nil(t, err, test.target)
		assert.Equal(t, "https://q.example/api/v3/login?redirect="+test.sent, op.Request.URL, "the address that was judged is the one that is sent")
		out, err := api.Logout(true, Redirect{test.target, test.url})
		require.Nil(t, err, test.target)
		assert.Equal(t, "https://q.example/api/v3/logout?all=true&redirect="+test.sent, out.Request.URL)
		out, err = api.Logout(false, Redirect{test.target, test.url})
		require.Nil(t, err, test.target)
		assert.Equal(t, "https://q.example/api/v3/logout?redirect="+test.sent, out.Request.URL)
	}
}

// Nowhere is where nothing can go wrong, whatever was made of it.
func TestNoReturn(t *testing.T) {
	for _, url := range []string{"", "https://q.example/", "https://evil.example/", "javascript:x"} {
		assert.Nil(t, testAPI.CheckReturn(OpLoginWith, Redirect{"", url}), url)
	}
}

var (
	meSignedIn  = status(200, userJSON)
	meSignedOut = message(401, "You are not logged in")
	toFoo       = Redirect{"/foo", "https://q.example/foo"}
)

func userNamed(name string) *Response {
	return status(200, strings.Replace(userJSON, `"alice"`, `"`+name+`"`, 1))
}

// traQ's names have no case: who was asked for may be written otherwise there.
func TestConfirmedName(t *testing.T) {
	for _, test := range []struct {
		asked, there string
		same         bool
	}{
		{"alice", "alice", true},
		{"ALICE", "alice", true},
		{"aLiCe_-09", "AlIcE_-09", true},
		{"alice", "Alice", true},
		{"alice", "bob", false},
		{"alice", "alice2", false},
		{"alice", "alic", false},
		{"alice", "", false},
		{"alice", "alicf", false},
		{"alice", "blice", false},
		{"a_b", "a-b", false},
		{"alice", "ａlice", false},
		{"kelvin", "\u212Aelvin", false}, // K, the sign for kelvin, is k in Unicode's lower case
		{"s", "\u017f", false},
	} {
		op, err := testAPI.Login(test.asked, "pw", toFoo)
		got, _, e := run(t, op, err, opaqueRedirect, userNamed(test.there))
		if test.same {
			require.Nil(t, e, "%+v", test)
			assert.Equal(t, test.there, got.User.Name)
			continue
		}
		require.NotNil(t, e, "%+v", test)
		assert.Equal(t, CodeInvalidResponse, e.Code)
		assert.Contains(t, e.Message, "another user")
		assert.Zero(t, got)
	}
}

// A login or logout that ended in a redirect is a success only when /users/me
// says so.
func TestConfirmation(t *testing.T) {
	across := testAPI
	across.CrossOrigin = true
	corsSignedOut := *meSignedOut
	corsSignedOut.Type = "cors"
	followed := &Response{Type: "basic", Status: 200, Redirected: true, Body: "<html>"}
	tests := []struct {
		name      string
		api       *API
		logout    bool
		responses []*Response
		want      Code // "" for success
	}{
		{"login", &testAPI, false, []*Response{opaqueRedirect, meSignedIn}, ""},
		{"login, status visible", &testAPI, false, []*Response{{Type: "default", Status: 302}, meSignedIn}, ""},
		{"login, followed by somebody", &testAPI, false, []*Response{followed, meSignedIn}, ""},
		{"login, no redirect after all", &testAPI, false, []*Response{status(204, "")}, "-"},
		{"login, a proxy's redirect", &testAPI, false, []*Response{opaqueRedirect, meSignedOut}, CodeInvalidResponse},
		{"login, a proxy's redirect twice", &testAPI, false, []*Response{opaqueRedirect, opaqueRedirect}, CodeInvalidResponse},
		{"login, cookie lost", &across, false, []*Response{opaqueRedirect, &corsSignedOut}, CodeCookieNotKept},
		{"login, confirmation fails", &testAPI, false, []*Response{opaqueRedirect, networkFailure}, CodeNetworkError},
		{"login, confirmation blocked", &across, false, []*Response{opaqueRedirect, networkFailure, status(200, "{}")}, CodeCrossOriginBlocked},
		{"login, a page for every address", &testAPI, false, []*Response{opaqueRedirect, status(200, "<!doctype html>")}, CodeInvalidResponse},
		{"login, a user who has but the name", &testAPI, false, []*Response{opaqueRedirect, status(200, `{"name":"alice"}`)}, CodeInvalidResponse},
		{"login, another status than 200", &testAPI, false, []*Response{opaqueRedirect, status(201, userJSON)}, CodeInvalidResponse},
		{"login, confirmation followed elsewhere", &testAPI, false,
			[]*Response{opaqueRedirect, {Type: "basic", Status: 200, Redirected: true, Body: userJSON}}, CodeInvalidResponse},
		{"login, server fails", &testAPI, false, []*Response{opaqueRedirect, status(502, "")}, CodeServerError},
		{"login, another is signed in", &testAPI, false, []*Response{opaqueRedirect, userNamed("bob")}, CodeInvalidResponse},
		{"logout", &testAPI, true, []*Response{opaqueRedirect, meSignedOut}, ""},
		{"logout, a proxy's redirect", &testAPI, true, []*Response{opaqueRedirect, meSignedIn}, CodeInvalidResponse},
		{"logout, confirmation fails", &testAPI, true, []*Response{opaqueRedirect, networkFailure}, CodeNetworkError},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			api := *test.api
			api.AccessToken = "token"
			op, err := api.Login("alice", "pw", toFoo)
			name := OpLogin
			if test.logout {
				op, err = api.Logout(false, toFoo)
				name = OpLogout
			}
			got, requests, e := run(t, op, err, test.responses...)
			if len(requests) > 1 {
				assert.Equal(t, Request{Method: "GET", URL: "https://q.example/api/v3/users/me", Credentials: CredentialsSameOrigin}, requests[1],
					"the confirmation is by the cookie alone")
			}
			switch test.want {
			case "":
				require.Nil(t, e)
				want := Redirected{To: "https://q.example/foo"}
				if !test.logout {
					want.User = User{"01a207a2-777e-7cc0-adf2-4d4000000000", "alice", "Alice", "01a207a2-7777-7cc0-8fad-6c884cf25bae"}
				}
				assert.Equal(t, want, got, "who confirmed a login is known, and after a logout there is nobody")
			case "-":
				require.Nil(t, e)
				assert.Zero(t, got, "a 204 tells nobody's name")
			default:
				require.NotNil(t, e)
				assert.Equal(t, test.want, e.Code)
				assert.Equal(t, name, e.Op)
				assert.Zero(t, got)
				assert.NotContains(t, e.Message, map[bool]string{true: "nobody is signed in", false: "still open"}[test.logout])
			}
		})
	}
}

func TestCookieNotKept(t *testing.T) {
	cors := status(204, "")
	cors.Type = "cors"
	for _, test := range []struct {
		credentials Credentials
		response    *Response
		kept        bool
	}{
		{"", cors, false},
		{CredentialsSameOrigin, cors, false},
		{CredentialsOmit, cors, false},
		{CredentialsOmit, status(204, ""), false},
		{CredentialsInclude, cors, true},
		{CredentialsSameOrigin, status(204, ""), true}, // an extension with host permission too
	} {
		api := testAPI
		api.Credentials = test.credentials
		op, err := api.Login("alice", "pw", Redirect{})
		_, _, e := run(t, op, err, test.response)
		if test.kept {
			assert.Nil(t, e)
		} else {
			require.NotNil(t, e)
			assert.Equal(t, CodeCookieNotKept, e.Code)
			assert.Equal(t, 204, e.Status)
			assert.Equal(t, test.credentials == CredentialsOmit, strings.Contains(e.Message, `credentials is "omit"`), e.Message)
		}
	}
	api := testAPI
	api.AccessToken = "token"
	for _, op := range []string{OpLogout, OpRevokeSession, OpUnlinkAccount} {
		_, err := callerNamed(op).call(t, &api, cors)
		assert.Nil(t, err, "%s opens no session", op)
	}
	corsError := message(401, "invalid name")
	corsError.Type = "cors"
	_, err := callerNamed(OpLogin).call(t, &testAPI, corsError)
	assert.Equal(t, CodeInvalidCredentials, err.Code, "a login that failed lost nothing")
}
