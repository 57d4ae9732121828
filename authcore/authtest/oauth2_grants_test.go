package authtest_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

func TestConsentIsOneUsersToOneClient(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	other := a.server.RegisterClient(authtest.OAuth2Client{RedirectURI: a.client.RedirectURI})
	a.server.IssueToken(other.ID, "alice", "read")
	a.server.IssueToken(a.client.ID, "bob", "read")
	a.server.AddToken("of no client", authtest.Token{User: "alice", Scopes: []string{"read"}})
	to := a.authorize(t, a.user, url.Values{"prompt": {"none"}})
	assert.Equal(t, "consent_required", to.Query().Get("error"))
}

func TestCodesTimeBeginsWithTheDecision(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	a.authorize(t, a.user, nil)
	a.now = a.now.Add(4 * time.Minute)
	_, answer := a.decide(t, a.user, "approve")
	a.now = a.now.Add(4 * time.Minute)
	assert.Equal(t, http.StatusOK, a.exchange(t, answer.Get("code"), nil).Status)
}

func TestRefreshOfAConfidentialClient(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Confidential: true})
	a.server.SetRefreshTokens(true)
	_, refresh := a.server.IssueToken(a.client.ID, "alice", "read")
	for _, test := range []struct {
		form   url.Values
		status int
	}{
		{nil, 400},
		{url.Values{"client_id": {a.client.ID}}, 401},
		{url.Values{"client_id": {"another"}, "client_secret": {a.client.Secret}}, 401},
		{url.Values{"client_id": {a.client.ID}, "client_secret": {a.client.Secret}}, 200},
	} {
		assert.Equal(t, test.status, a.refresh(t, refresh, test.form).Status, "%v", test.form)
	}
}

func TestPasswordGrant(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Confidential: true, Scopes: []string{"read", "write"}})
	a.server.AddUser(authtest.User{Name: "BOT_password", Password: "password1234", Bot: true})
	right := url.Values{
		"grant_type": {"password"}, "username": {"alice"}, "password": {"password1234"}, "client_id": {a.client.ID}, "client_secret": {a.client.Secret},
	}
	assert.Equal(t, "read write", a.post(t, right).Scope)
	for _, test := range []struct {
		name, value string
		want        grant
	}{
		{"username", "nobody", grant{Status: 401, Error: "invalid_grant"}},
		{"username", "BOT_password", grant{Status: 401, Error: "invalid_grant"}},
		{"username", "nopass", grant{Status: 401, Error: "invalid_grant"}},
		{"username", "", grant{Status: 400, Error: "invalid_request"}},
		{"password", "wrong", grant{Status: 401, Error: "invalid_grant"}},
		{"password", "", grant{Status: 400, Error: "invalid_request"}},
		{"client_id", "", grant{Status: 400, Error: "invalid_client"}},
		{"client_id", "another", grant{Status: 400, Error: "invalid_client"}},
		{"client_secret", "wrong", grant{Status: 401, Error: "invalid_client"}},
		{"scope", "manage_bot", grant{Status: 400, Error: "invalid_scope"}},
		{"scope", "nonsense", grant{Status: 400, Error: "invalid_scope"}},
	} {
		form := url.Values{}
		for name, values := range right {
			form[name] = values
		}
		form.Set(test.name, test.value)
		assert.Equal(t, test.want, a.post(t, form), "%s %q", test.name, test.value)
	}
	right.Set("username", "suspended")
	suspended := a.post(t, right)
	assert.Equal(t, http.StatusOK, suspended.Status)
	assert.Equal(t, http.StatusForbidden, a.use(t, suspended.AccessToken, me))
}

func TestRevokingNothingEndsNothing(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	access, refresh := a.server.IssueToken(a.client.ID, "alice", "read")
	require.Empty(t, refresh)
	for _, form := range []url.Values{{}, {"token": {""}}, {"token": {"unknown"}}} {
		response, err := http.PostForm(a.server.URL+"/api/v3/oauth2/revoke", form)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, http.StatusOK, response.StatusCode)
		assert.Equal(t, http.StatusOK, a.use(t, access, me), "%v", form)
	}
	assert.Equal(t, 400, a.refresh(t, "unknown", nil).Status)
}

func TestIssuedTokenIsAsAGrantedOne(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	a.server.SetRefreshTokens(true)
	for scope, refreshable := range map[string]bool{"read": true, "openid": false} {
		_, refresh := a.server.IssueToken(a.client.ID, "alice", scope)
		assert.Equal(t, refreshable, refresh != "", scope)
	}
}

func TestWhatAScopeIsFor(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	for scope, want := range map[string][2]int{"read": {200, 200}, "manage_bot": {200, 200}, "profile": {403, 200}, "openid": {403, 403}, "write": {403, 403}} {
		access, _ := a.server.IssueToken(a.client.ID, "alice", scope)
		assert.Equal(t, want, [2]int{a.use(t, access, me), a.use(t, access, me+"/oidc")}, scope)
	}
}

func TestRegisteredClientIsACopy(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Scopes: []string{"read"}})
	a.client.Scopes[0] = "write"
	assert.Equal(t, "read", a.authorize(t, a.user, nil).Query().Get("scopes"))
}
