package authcore

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLoginArguments(t *testing.T) {
	for _, name := range []string{"", strings.Repeat("a", 33), "al ice", "アリス", "a!", "a\x00", "Webhook#x"} {
		_, err := testAPI.Login(name, "pw", Redirect{})
		require.NotNil(t, err, name)
		assert.Equal(t, CodeInvalidArgument, err.Code)
	}
	_, err := testAPI.Login("alice", "", Redirect{})
	require.NotNil(t, err)
	assert.Equal(t, CodeInvalidArgument, err.Code)

	for _, name := range []string{"a", "Z_9-", strings.Repeat("a", 32)} {
		_, err := testAPI.Login(name, "p", Redirect{})
		assert.Nil(t, err, name)
	}
}

func TestPasswordOfAnyText(t *testing.T) {
	for password, want := range map[string]string{
		`"\`:                         `"\"\\"`,
		"\x00\n\x1f\x7f":             "\"\\u0000\\u000A\\u001F\x7f\"",
		"あ😀\u2028":                   "\"あ😀\u2028\"",
		strings.Repeat("x", 100_000): `"` + strings.Repeat("x", 100_000) + `"`,
	} {
		op, err := testAPI.Login("alice", password, Redirect{})
		require.Nil(t, err)
		assert.Equal(t, `{"name":"alice","password":`+want+`}`, op.Request.Body)
	}
}

func TestSessionIDs(t *testing.T) {
	for _, id := range []string{
		"", "not-a-uuid", "01a207ab76107cca92e92da640e2838e", sessionID + "0", sessionID[1:], "01a207ab-7610-7cca-92e9-2da640e2838g",
		"01a207ab_7610-7cca-92e9-2da640e2838e", "01a207ab-76107-cca-92e9-2da640e2838e", "{" + sessionID + "}", "01a207ab-7610-7cca-92e9/../../login12",
	} {
		_, err := testAPI.RevokeSession(id)
		require.NotNil(t, err, id)
		assert.Equal(t, CodeInvalidArgument, err.Code)
	}
	for _, id := range []string{sessionID, strings.ToUpper(sessionID), "00000000-0000-0000-0000-000000000000"} {
		_, err := testAPI.RevokeSession(id)
		assert.Nil(t, err, id)
	}
}

func TestProviderNames(t *testing.T) {
	for _, provider := range []string{"", ".", ".."} {
		_, err := testAPI.LinkAccount(provider)
		require.NotNil(t, err, provider)
		assert.Equal(t, CodeInvalidArgument, err.Code)
		_, err = testAPI.UnlinkAccount(provider)
		require.NotNil(t, err, provider)
		assert.Equal(t, CodeInvalidArgument, err.Code)
		_, err = testAPI.LoginWith(provider)
		require.NotNil(t, err, provider)
		assert.Equal(t, CodeInvalidArgument, err.Code)
		assert.Equal(t, OpLoginWith, err.Op)
	}
}

func TestEntrance(t *testing.T) {
	tests := []struct{ base, auth, provider, want string }{
		{"https://q.example/api/v3", "", "oidc", "https://q.example/api/auth/oidc?link=1"},
		{"https://q.example/api/v3", "", "traQ", "https://q.example/api/auth/traq?link=1"},
		{"https://q.example/api/v3", "", "../x?y#あ", "https://q.example/api/auth/..%2Fx%3Fy%23%E3%81%82?link=1"},
		{"https://q.example/api/v3", "https://a.example/in", "github", "https://a.example/in/github?link=1"},
		{"https://q.example/v3", "", "google", "https://q.example/auth/google?link=1"},
	}
	for _, test := range tests {
		api := API{BaseURL: test.base, AuthURL: test.auth}
		op, err := api.LinkAccount(test.provider)
		for _, r := range []*Response{opaqueRedirect, {Type: "basic", Status: 302}} {
			got, _, e := run(t, op, err, r)
			require.Nil(t, e)
			assert.Equal(t, test.want, got)
		}
		enabled := strings.Replace(versionJSON, `"oidc"`, `"other","`+test.provider+`"`, 1)
		in, err := api.LoginWith(test.provider)
		got, _, e := run(t, in, err, status(200, enabled))
		require.Nil(t, e)
		assert.Equal(t, strings.TrimSuffix(test.want, "?link=1"), got, "a login's entrance is a link's without the link")
	}
}
