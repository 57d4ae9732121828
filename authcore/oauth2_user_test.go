package authcore

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const oidcJSON = `{"sub":"01a207a2-777e-7cc0-adf2-4d4000000000","name":"Alice","preferred_username":"alice","picture":"https://q.example/icon","updated_at":1795898418,` +
	`"traq":{"bio":"","groups":[],"display_name":"Alice","icon_file_id":"01a207a2-7777-7cc0-8fad-6c884cf25bae","bot":false,"state":1,"last_online":null}}`

func TestOAuth2User(t *testing.T) {
	want := User{ID: "01a207a2-777e-7cc0-adf2-4d4000000000", Name: "alice", DisplayName: "Alice", IconFileID: "01a207a2-7777-7cc0-8fad-6c884cf25bae"}
	for _, test := range []struct{ why, scope, path, body string }{
		{"read", "read", "/users/me", userJSON},
		{"read tells more, and goes for both", "profile read", "/users/me", userJSON},
		{"read in the middle", "openid read write", "/users/me", userJSON},
		{"profile alone", "profile", "/users/me/oidc", oidcJSON},
		{"profile with what gives nothing", "openid profile", "/users/me/oidc", oidcJSON},
		{"names that only begin so", "readonly profile", "/users/me/oidc", oidcJSON},
		{"names that only begin so", "profiles", "/users/me", userJSON},
		{"neither, which the server refuses in its own words", "write", "/users/me", userJSON},
		{"an unknown scope", "", "/users/me", userJSON},
	} {
		o := testClient()
		o.API.AccessToken = testAccess
		op, err := o.GetUser(test.scope)
		got, requests, e := run(t, op, err, status(200, test.body))
		require.Nil(t, e, test.why)
		assert.Equal(t, want, got, test.why)
		assert.Equal(t, []Request{{
			Method: "GET", URL: "https://q.example/api/v3" + test.path, Credentials: CredentialsOmit, Authorization: "Bearer " + testAccess,
		}}, requests, test.why)
	}
}

func TestOAuth2UserErrors(t *testing.T) {
	for _, scope := range []string{"read", "profile"} {
		for _, test := range []struct {
			why  string
			r    *Response
			code Code
		}{
			{"expired or revoked", gateway(401, "invalid token"), CodeInvalidToken},
			{"words that are not known", message(401, "?"), CodeInvalidToken},
			{"another scope", gateway(403, "you are not permitted to request to '/api/v3/users/me'"), CodeInsufficientScope},
			{"a user that lacks", status(200, `{}`), CodeInvalidResponse},
			{"OAuth2's errors are not this one's", status(401, `{"error":"invalid_grant"}`), CodeInvalidResponse},
			{"traQ fails", message(500, "x"), CodeServerError},
		} {
			o := testClient()
			o.API.AccessToken = testAccess
			op, err := o.GetUser(scope)
			_, _, e := run(t, op, err, test.r)
			require.NotNil(t, e, test.why)
			assert.Equal(t, test.code, e.Code, "%s: %s", scope, test.why)
			assert.Equal(t, OpGetUser, e.Op)
		}
	}
	o := testClient()
	o.API.AccessToken = "Bearer x"
	_, err := o.GetUser("read")
	require.NotNil(t, err)
	assert.Equal(t, CodeInvalidArgument, err.Code)
}

func TestOIDCUserThatIsNone(t *testing.T) {
	for _, test := range []struct{ why, body, said string }{
		{"no id", `{"preferred_username":"a","traq":{"display_name":"","icon_file_id":"` + sessionID + `"}}`, "lacks sub"},
		{"an id of another server's", `{"sub":"42","preferred_username":"a","traq":{"display_name":"","icon_file_id":"` + sessionID + `"}}`, "lacks sub"},
		{"no name", `{"sub":"` + sessionID + `","name":"a","traq":{"display_name":"","icon_file_id":"` + sessionID + `"}}`, "lacks preferred_username"},
		{"an empty name", `{"sub":"` + sessionID + `","preferred_username":"","traq":{"display_name":"","icon_file_id":"` + sessionID + `"}}`, "lacks preferred_username"},
		{"nothing of traQ's, as with read", `{"sub":"` + sessionID + `","preferred_username":"a"}`, "lacks traq.icon_file_id"},
		{"no display name", `{"sub":"` + sessionID + `","preferred_username":"a","traq":{"icon_file_id":"` + sessionID + `"}}`, "lacks traq.display_name"},
		{"no icon", `{"sub":"` + sessionID + `","preferred_username":"a","traq":{"display_name":""}}`, "lacks traq.icon_file_id"},
		{"an icon that is none", `{"sub":"` + sessionID + `","preferred_username":"a","traq":{"display_name":"","icon_file_id":"../x"}}`, "lacks traq.icon_file_id"},
		{"null", `{"sub":"` + sessionID + `","preferred_username":"a","traq":null}`, "lacks traq.icon_file_id"},
	} {
		o := testClient()
		o.API.AccessToken = testAccess
		op, err := o.GetUser("profile")
		got, _, e := run(t, op, err, status(200, test.body))
		require.NotNil(t, e, test.why)
		assert.Equal(t, CodeInvalidResponse, e.Code, test.why)
		assert.Contains(t, e.Message, test.said, test.why)
		assert.Zero(t, got, test.why)
	}
}
