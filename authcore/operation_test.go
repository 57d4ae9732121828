package authcore

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRequests(t *testing.T) {
	const base = "https://q.example/api/v3"
	tests := []struct {
		op           string
		method, url  string
		body         string
		carriesToken bool
	}{
		{OpLogin, "POST", base + "/login", `{"name":"alice","password":"pw"}`, false},
		{OpLogout, "POST", base + "/logout", "", false},
		{OpListSessions, "GET", base + "/users/me/sessions", "", true},
		{OpRevokeSession, "DELETE", base + "/users/me/sessions/" + sessionID, "", true},
		{OpListAccounts, "GET", base + "/users/me/ex-accounts", "", true},
		{OpLinkAccount, "POST", base + "/users/me/ex-accounts/link", `{"providerName":"oidc"}`, false},
		{OpLoginWith, "GET", base + "/version", "", false},
		{OpUnlinkAccount, "POST", base + "/users/me/ex-accounts/unlink", `{"providerName":"oidc"}`, true},
		{OpListProviders, "GET", base + "/version", "", false},
		{OpGetServerInfo, "GET", base + "/version", "", false},
		{OpGetUser, "GET", base + "/users/me", "", true},
	}
	require.Len(t, tests, len(callers))
	for _, test := range tests {
		t.Run(test.op, func(t *testing.T) {
			want := Request{Method: test.method, URL: test.url, Credentials: CredentialsSameOrigin, Body: test.body}
			requests, _ := callerNamed(test.op).call(t, &testAPI, networkFailure)
			assert.Equal(t, []Request{want}, requests)

			api := testAPI
			api.AccessToken, api.Credentials = "abc-._~+/=1", CredentialsInclude
			want.Credentials = CredentialsInclude
			if test.carriesToken {
				want.Authorization = "Bearer abc-._~+/=1"
			}
			requests, _ = callerNamed(test.op).call(t, &api, networkFailure)
			assert.Equal(t, []Request{want}, requests)
		})
	}
}

func TestTokenThatIsNone(t *testing.T) {
	for _, token := range []string{"Bearer x", "a b", "a\r\nX: y", "é", "a\x00"} {
		api := testAPI
		api.AccessToken = token
		requests, err := callerNamed(OpGetUser).call(t, &api)
		assert.Empty(t, requests)
		require.NotNil(t, err, token)
		assert.Equal(t, CodeInvalidArgument, err.Code)
		assert.NotContains(t, err.Error(), token, "no credential is in an error")
	}
}

func TestValues(t *testing.T) {
	t.Run("sessions", func(t *testing.T) {
		op, err := testAPI.ListSessions()
		got, _, e := run(t, op, err, status(200, `[{"id":"`+sessionID+`","issuedAt":"2026-11-23T09:05:27.410567Z"},
			{"issuedAt":"1970-01-01T00:00:00Z","more":{"a":[1,2,{}]},"id":"01A207AB-7610-7CCA-92E9-2DA640E2838E"}]`))
		require.Nil(t, e)
		assert.Equal(t, []Session{{sessionID, 1795424727410567}, {"01A207AB-7610-7CCA-92E9-2DA640E2838E", 0}}, got)
	})
	t.Run("no sessions", func(t *testing.T) {
		op, err := testAPI.ListSessions()
		got, _, e := run(t, op, err, status(200, "[]"))
		require.Nil(t, e)
		assert.Empty(t, got)
	})
	t.Run("accounts", func(t *testing.T) {
		op, err := testAPI.ListAccounts()
		got, _, e := run(t, op, err, status(200, `[{"providerName":"oidc","externalName":"ア\u30ea\ud83d\ude00","linkedAt":"2026-11-23T09:10:09.3Z"}]`))
		require.Nil(t, e)
		assert.Equal(t, []Account{{"oidc", "アリ😀", 1795425009300000}}, got)
	})
	t.Run("server", func(t *testing.T) {
		op := testAPI.GetServerInfo()
		got, _, e := run(t, op, nil, status(200, `{"flags":{"externalLogin":["traQ","oidc"],"x":0,"signUpAllowed":true},"version":"v3.28.4","revision":"ac297a77"}`))
		require.Nil(t, e)
		assert.Equal(t, ServerInfo{"v3.28.4", "ac297a77", []string{"traQ", "oidc"}, true}, got)
	})
	t.Run("providers", func(t *testing.T) {
		op := testAPI.ListProviders()
		got, _, e := run(t, op, nil, status(200, `{"version":"v","revision":"r","flags":{"externalLogin":["oidc"],"signUpAllowed":false}}`))
		require.Nil(t, e)
		assert.Equal(t, []string{"oidc"}, got.Providers)
	})
	t.Run("login with", func(t *testing.T) {
		op, err := testAPI.LoginWith("oidc")
		got, _, e := run(t, op, err, status(200, versionJSON))
		require.Nil(t, e)
		assert.Equal(t, "https://q.example/api/auth/oidc", got)
	})
	t.Run("user", func(t *testing.T) {
		op, err := testAPI.GetUser()
		got, _, e := run(t, op, err, status(200, userJSON))
		require.Nil(t, e)
		assert.Equal(t, User{"01a207a2-777e-7cc0-adf2-4d4000000000", "alice", "Alice", "01a207a2-7777-7cc0-8fad-6c884cf25bae"}, got)
	})
	for _, op := range []string{OpLogin, OpLogout, OpRevokeSession, OpUnlinkAccount} {
		t.Run(op, func(t *testing.T) {
			_, err := callerNamed(op).call(t, &testAPI, status(204, ""))
			assert.Nil(t, err)
		})
	}
}

// A byte order mark in front of any answer changes nothing.
func TestByteOrderMark(t *testing.T) {
	for op, body := range map[string]string{
		OpListSessions: `[{"id":"` + sessionID + `","issuedAt":"2026-11-23T09:05:27Z"}]`, OpListAccounts: `[]`, OpGetServerInfo: versionJSON,
		OpListProviders: versionJSON, OpLoginWith: " " + versionJSON, OpGetUser: userJSON,
	} {
		_, err := callerNamed(op).call(t, &testAPI, status(200, "\ufeff"+body))
		assert.Nil(t, err, op)
		_, err = callerNamed(op).call(t, &testAPI, status(200, "\ufeff\ufeff"+body))
		require.NotNil(t, err, op)
		assert.Equal(t, CodeInvalidResponse, err.Code, "%s: a second is no white space", op)
	}
	_, err := callerNamed(OpLogin).call(t, &testAPI, status(401, "\ufeff"+`{"message":"invalid name"}`))
	assert.Equal(t, CodeInvalidCredentials, err.Code)
	assert.Equal(t, "invalid name", err.ServerMessage)
}

// The entrances are beside the API, wherever that is, and never at another host.
func TestEntrances(t *testing.T) {
	for base, auth := range map[string]string{
		"https://q.example/api/v3":      "https://q.example/api/auth",
		"https://q.example/v3":          "https://q.example/auth",
		"https://q.example":             "https://q.example/auth",
		"https://q.example/":            "https://q.example/auth",
		"http://localhost":              "http://localhost/auth",
		"https://q.example:8443":        "https://q.example:8443/auth",
		"https://q.example:8443/v3":     "https://q.example:8443/auth",
		"http://[::1]":                  "http://[::1]/auth",
		"http://[::1]:3000":             "http://[::1]:3000/auth",
		"http://[::1]:3000/api/v3":      "http://[::1]:3000/api/auth",
		"https://q.example/a/b/c/d":     "https://q.example/a/b/c/auth",
		"https://q.example//v3":         "https://q.example//auth",
		"https://q.example/a@b/https:/": "https://q.example/a@b/https:/auth",
		"https://xn--l8j.example":       "https://xn--l8j.example/auth",
		"https://q":                     "https://q/auth",
	} {
		api := API{BaseURL: base}
		in, err := api.LoginWith("oidc")
		got, _, e := run(t, in, err, status(200, versionJSON))
		require.Nil(t, e, base)
		assert.Equal(t, auth+"/oidc", got, base)
		link, err := api.LinkAccount("oidc")
		got, _, e = run(t, link, err, opaqueRedirect)
		require.Nil(t, e, base)
		assert.Equal(t, auth+"/oidc?link=1", got, base)
	}
	api := API{BaseURL: "https://q.example", AuthURL: "https://a.example"}
	link, err := api.LinkAccount("oidc")
	got, _, e := run(t, link, err, opaqueRedirect)
	require.Nil(t, e)
	assert.Equal(t, "https://a.example/oidc?link=1", got, "what is given is taken")
}

// versionJSON is what GET /version says.
const versionJSON = `{"version":"v","revision":"r","flags":{"externalLogin":["oidc"],"signUpAllowed":false}}`

// invalidBodies are not what the API promises, by the operation that reads them.
var invalidBodies = map[string][]string{
	OpLoginWith: {
		"", "null", "[]", "{}", "[" + versionJSON[1:], versionJSON + "x", versionJSON[:len(versionJSON)-1],
		// The provider is named, but what follows is wrong: half an answer is none.
		strings.Replace(versionJSON, `["oidc"]`, `["oidc",1]`, 1), strings.Replace(versionJSON, `,"signUpAllowed":false`, "", 1),
		strings.Replace(versionJSON, `["oidc"]`, `{"oidc":true}`, 1), strings.Replace(versionJSON, `["oidc"]`, `"oidc"`, 1),
	},
	OpListSessions: {
		"", "null", "{}", "<html></html>", `[{"id":"` + sessionID + `"`, "[null]", "[1]", "[[]]", "[{}]",
		`[{"id":"` + sessionID + `"}]`, `[{"issuedAt":"2026-11-23T09:05:27Z"}]`,
		`[{"id":"nope","issuedAt":"2026-11-23T09:05:27Z"}]`, `[{"id":1,"issuedAt":"2026-11-23T09:05:27Z"}]`,
		`[{"id":"` + sessionID + `","issuedAt":"yesterday"}]`, `[{"id":"` + sessionID + `","issuedAt":1}]`,
		`[{"id":"` + sessionID + `","issuedAt":"2026-02-29T09:05:27Z"}]`,
		`[{"id":"` + sessionID + `","issuedAt":"2026-11-23T09:05:27Z"}] x`, `[{"id":"` + sessionID + `","issuedAt":"2026-11-23T09:05:27Z"},]`,
		`[{"id":"` + sessionID + `","issuedAt":"2026-11-23T09:05:27Z","x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}]`,
	},
	OpListAccounts: {
		"{}", "[{}]", `[{"providerName":"oidc","externalName":"x"}]`, `[{"providerName":"oidc","linkedAt":"2026-11-23T09:05:27Z"}]`,
		`[{"externalName":"x","linkedAt":"2026-11-23T09:05:27Z"}]`, `[{"providerName":null,"externalName":"x","linkedAt":"2026-11-23T09:05:27Z"}]`,
	},
	OpGetServerInfo: {
		"[]", "{}", `{"version":"v","revision":"r"}`, `{"version":"v","revision":"r","flags":{}}`, `{"version":"v","revision":"r","flags":null}`,
		strings.Replace(versionJSON, `["oidc"]`, "null", 1), strings.Replace(versionJSON, `"oidc"`, "1", 1),
		strings.Replace(versionJSON, "false", "0", 1), strings.Replace(versionJSON, `"r"`, "{}", 1), strings.Replace(versionJSON, `"version":"v",`, "", 1),
		strings.Replace(versionJSON, `"revision":"r",`, "", 1), strings.Replace(versionJSON, `"externalLogin":["oidc"],`, "", 1),
		strings.Replace(versionJSON, `,"signUpAllowed":false`, "", 1),
	},
	OpListProviders: {"[]", "{}", "[" + versionJSON[1:], strings.Replace(versionJSON, `{"externalLogin`, `["externalLogin`, 1)},
	OpGetUser: {
		"[]", "{}", userJSON[:len(userJSON)-1], strings.Replace(userJSON, `"name":"alice",`, "", 1),
		strings.Replace(userJSON, `"displayName":"Alice",`, "", 1), strings.Replace(userJSON, `"id":"01a2`, `"id":"x`, 1),
		strings.Replace(userJSON, `"iconFileId":"01`, `"iconFileId":"`, 1), strings.Replace(userJSON, `"name":"alice"`, `"name":7`, 1),
	},
}

func TestInvalidResponses(t *testing.T) {
	for op, bodies := range invalidBodies {
		for _, body := range bodies {
			_, err := callerNamed(op).call(t, &testAPI, status(200, body))
			require.NotNil(t, err, "%s: %s", op, body)
			assert.Equal(t, CodeInvalidResponse, err.Code, "%s: %s", op, body)
			assert.Equal(t, 200, err.Status)
		}
	}
	for _, c := range callers {
		_, err := c.call(t, &testAPI, opaqueRedirect)
		if c.op == OpLinkAccount {
			assert.Nil(t, err)
		} else {
			require.NotNil(t, err, c.op)
			assert.Equal(t, CodeInvalidResponse, err.Code, "%s: a redirect where none can come", c.op)
			assert.Contains(t, err.Message, "redirect")
		}
		for _, r := range []*Response{
			{Type: "basic", Status: 200, Body: "<!doctype html>"},
			{Type: "basic", Status: 200, Body: strings.Repeat(" ", MaxBody+1)},
			{Type: "basic", Status: 204, Body: strings.Repeat(" ", MaxBody+1)},
			{Failure: FailureTooLarge, Status: 200},
			{Type: "error"},
			{},
		} {
			_, err := c.call(t, &testAPI, r)
			require.NotNil(t, err, "%s: %+v", c.op, r)
			assert.Equal(t, CodeInvalidResponse, err.Code, c.op)
		}
	}
}

// A link that is accepted is answered with a redirect, and with nothing else.
func TestLinkWithoutRedirect(t *testing.T) {
	for _, code := range []int{200, 204} {
		op, err := testAPI.LinkAccount("oidc")
		got, _, e := run(t, op, err, status(code, ""))
		require.NotNil(t, e, code)
		assert.Equal(t, CodeInvalidResponse, e.Code)
		assert.Empty(t, got)
	}
}

// The server would answer 404 at the address of a provider that it does not
// have, once the page is left; and a name is that of just one.
func TestLoginWithUnknownProvider(t *testing.T) {
	for providers, names := range map[string][]string{
		`[]`:              {"oidc"},
		`["oidc"]`:        {"github", "OIDC", "oid", "oidcc", "oidc ", "oidc/", "あ", "null"},
		`["traQ","oidc"]`: {"traq", "TRAQ"},
	} {
		for _, name := range names {
			r := status(200, strings.Replace(versionJSON, `["oidc"]`, providers, 1))
			op, err := testAPI.LoginWith(name)
			got, requests, e := run(t, op, err, r)
			require.NotNil(t, e, "%s of %s", name, providers)
			assert.Equal(t, &Error{Op: OpLoginWith, Code: CodeProviderNotEnabled, Message: e.Message}, e)
			assert.Contains(t, e.Message, "listProviders")
			assert.Empty(t, got)
			assert.Len(t, requests, 1)
		}
	}
}

func TestNeverHalfAResult(t *testing.T) {
	op, err := testAPI.ListSessions()
	got, _, e := run(t, op, err, status(200, `[{"id":"`+sessionID+`","issuedAt":"2026-11-23T09:05:27Z"},{"id":1}]`))
	require.NotNil(t, e)
	assert.Nil(t, got)
}

func TestLargestBody(t *testing.T) {
	_, err := callerNamed(OpListSessions).call(t, &testAPI, status(200, "[]"+strings.Repeat(" ", MaxBody-2)))
	assert.Nil(t, err, "4 MiB are still read")
}

func TestNetwork(t *testing.T) {
	across := testAPI
	across.CrossOrigin, across.Credentials, across.AccessToken = true, CredentialsInclude, "token"
	probe := Request{Method: "GET", URL: "https://q.example/api/v3/version", Credentials: CredentialsOmit}
	for _, c := range callers {
		t.Run(c.op, func(t *testing.T) {
			requests, err := c.call(t, &testAPI, networkFailure)
			assert.Equal(t, CodeNetworkError, err.Code)
			assert.True(t, err.Retryable)
			assert.Len(t, requests, 1, "on the same origin there is nothing to find out")

			requests, err = c.call(t, &across, networkFailure, networkFailure)
			assert.Equal(t, CodeNetworkError, err.Code)
			require.Len(t, requests, 2)
			assert.Equal(t, probe, requests[1])

			_, err = c.call(t, &across, networkFailure, status(503, ""))
			assert.Equal(t, CodeNetworkError, err.Code)

			_, err = c.call(t, &across, networkFailure, &Response{Failure: FailureNetwork, Status: 200})
			assert.Equal(t, CodeNetworkError, err.Code, "the probe's answer broke off")

			_, err = c.call(t, &across, networkFailure, status(200, "{}"))
			assert.Equal(t, CodeCrossOriginBlocked, err.Code)
			assert.Equal(t, c.op, err.Op)
			assert.False(t, err.Retryable)
		})
	}
}

// A failure that a driver reports is never a success, even one that is not
// known here.
func TestUnknownFailure(t *testing.T) {
	for _, c := range callers {
		for _, code := range []int{200, 204, 302} {
			_, err := c.call(t, &testAPI, &Response{Failure: FailureTooLarge + 1, Type: "basic", Status: code, Body: "[]"})
			require.NotNil(t, err, "%s, %d", c.op, code)
			assert.Equal(t, CodeNetworkError, err.Code, "%s, %d", c.op, code)
		}
	}
}
