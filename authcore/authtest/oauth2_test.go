package authtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// app is a client with a user who is logged in, at a server with a clock.
type app struct {
	server *authtest.Server
	client authtest.OAuth2Client
	user   *http.Client // follows no redirect
	now    time.Time
}

func newApp(t *testing.T, c authtest.OAuth2Client) *app {
	a := &app{server: authtest.NewUnstartedServer(), user: browser(t), now: time.Unix(1_800_000_000, 0)}
	a.server.Now = func() time.Time { return a.now }
	a.server.Start()
	t.Cleanup(a.server.Close)
	if c.RedirectURI == "" {
		c.RedirectURI = "https://app.example/callback"
	}
	a.client = a.server.RegisterClient(c)
	a.user.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	login(t, a.user, a.server, "alice")
	return a
}

// query has the parameters of a request, but for changes; nil leaves one out.
func (a *app) query(changes url.Values) url.Values {
	query := url.Values{"response_type": {"code"}, "client_id": {a.client.ID}, "state": {"st"}}
	for name, values := range changes {
		query[name] = values
	}
	return query
}

// authorize returns where the user is sent.
func (a *app) authorize(t *testing.T, c *http.Client, changes url.Values) *url.URL {
	response, err := c.Get(a.server.URL + "/api/v3/oauth2/authorize?" + a.query(changes).Encode())
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	location, err := response.Location()
	require.NoError(t, err)
	return location
}

// decide returns the status, and where the user is sent.
func (a *app) decide(t *testing.T, c *http.Client, submit string) (int, url.Values) {
	response, err := c.PostForm(a.server.URL+"/api/v3/oauth2/authorize/decide", url.Values{"submit": {submit}})
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	location, _ := response.Location()
	if location == nil {
		return response.StatusCode, nil
	}
	return response.StatusCode, location.Query()
}

func (a *app) code(t *testing.T, changes url.Values) string {
	require.Equal(t, "/consent", a.authorize(t, a.user, changes).Path)
	_, answer := a.decide(t, a.user, "approve")
	require.NotEmpty(t, answer.Get("code"))
	return answer.Get("code")
}

type grant struct {
	Status                                                      int
	AccessToken, RefreshToken, IDToken, TokenType, Scope, Error string
	ExpiresIn                                                   int
}

// post asks for tokens.
func (a *app) post(t *testing.T, form url.Values) grant {
	response, err := http.PostForm(a.server.URL+"/api/v3/oauth2/token", form)
	require.NoError(t, err)
	return readGrant(t, response)
}

func readGrant(t *testing.T, response *http.Response) grant {
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	read := struct {
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
		IDToken      string `json:"id_token"`
		TokenType    string `json:"token_type"`
		ExpiresIn    int    `json:"expires_in"`
		Scope, Error string
	}{}
	require.NoError(t, json.Unmarshal(body, &read), "%s", body)
	return grant{response.StatusCode, read.AccessToken, read.RefreshToken, read.IDToken, read.TokenType, read.Scope, read.Error, read.ExpiresIn}
}

func (a *app) exchange(t *testing.T, code string, changes url.Values) grant {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "client_id": {a.client.ID}}
	for name, values := range changes {
		form[name] = values
	}
	return a.post(t, form)
}

func (a *app) refresh(t *testing.T, token string, more url.Values) grant {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
	for name, values := range more {
		form[name] = values
	}
	return a.post(t, form)
}

// use is the status of a request with a token.
func (a *app) use(t *testing.T, token, path string) int {
	request, err := http.NewRequest(http.MethodGet, a.server.URL+path, nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response.StatusCode
}

const me = "/api/v3/users/me"

func TestCodeIsSpentByWhatFails(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	challenge := url.Values{"code_challenge": {verifier}, "code_challenge_method": {"plain"}}
	for name, wrong := range map[string]url.Values{
		"verifier":     {"code_verifier": {strings.Repeat("w", 43)}},
		"no verifier":  {"code_verifier": nil},
		"client":       {"client_id": {"another"}},
		"no client":    {"client_id": nil},
		"redirect URI": {"redirect_uri": {"https://app.example/other"}},
	} {
		code := a.code(t, challenge)
		form := url.Values{"code_verifier": {verifier}}
		for name, values := range wrong {
			form[name] = values
		}
		assert.NotEmpty(t, a.exchange(t, code, form).Error, name)
		assert.Equal(t, grant{Status: 400, Error: "invalid_grant"}, a.exchange(t, code, url.Values{"code_verifier": {verifier}}), name)
	}
}

func TestCodeUsedAgainEndsNoToken(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	code := a.code(t, nil)
	first := a.exchange(t, code, nil)
	assert.Equal(t, grant{Status: 400, Error: "invalid_grant"}, a.exchange(t, code, nil))
	assert.Equal(t, http.StatusOK, a.use(t, first.AccessToken, me), "traQ leaves it, though RFC 6749 would rather not")
}

func TestVerifier(t *testing.T) {
	const s256 = "rsA-Jy5eD24IXEjYTt84KxKmDHu-Kiv28bVH7JUA400"
	a := newApp(t, authtest.OAuth2Client{})
	for _, test := range []struct {
		challenge, method, verifier string
		status                      int
	}{
		{s256, "S256", verifier, 200},
		{verifier, "plain", verifier, 200},
		{verifier, "", verifier, 200}, // which stands for plain
		{"short", "", "short", 400},
		{s256, "plain", verifier, 400},
		{s256, "S256", s256, 400},
		{"", "", "", 200},
	} {
		changes := url.Values{}
		for name, value := range map[string]string{"code_challenge": test.challenge, "code_challenge_method": test.method} {
			if value != "" {
				changes.Set(name, value)
			}
		}
		got := a.exchange(t, a.code(t, changes), url.Values{"code_verifier": {test.verifier}})
		assert.Equal(t, test.status, got.Status, "%v", test)
	}
}

func TestFiveMinutes(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	for after, status := range map[time.Duration]int{5 * time.Minute: 200, 5*time.Minute + 1: 400} {
		code := a.code(t, nil)
		a.now = a.now.Add(after)
		assert.Equal(t, status, a.exchange(t, code, nil).Status, "the code after %s", after)
	}
	a.authorize(t, a.user, nil)
	a.now = a.now.Add(5*time.Minute + 1)
	_, answer := a.decide(t, a.user, "approve")
	assert.Equal(t, url.Values{"error": {"access_denied"}, "error_description": {"timeout"}, "state": {"st"}}, answer)
}

func TestForgedDecision(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	status, _ := a.decide(t, a.user, "approve")
	assert.Equal(t, http.StatusForbidden, status, "nothing was asked for")

	a.authorize(t, a.user, nil)
	status, _ = a.decide(t, browser(t), "approve")
	assert.Equal(t, http.StatusUnauthorized, status, "no cookie, as from another site")
	for _, name := range []string{"alice", "bob"} {
		other := browser(t)
		login(t, other, a.server, name)
		status, _ = a.decide(t, other, "approve")
		assert.Equal(t, http.StatusForbidden, status, "another session, of %s", name)
	}
	status, answer := a.decide(t, a.user, "approve")
	assert.Equal(t, http.StatusFound, status, "and it still waits")
	assert.NotEmpty(t, answer.Get("code"))
	status, _ = a.decide(t, a.user, "approve")
	assert.Equal(t, http.StatusForbidden, status, "once")
}

func TestSuspendedUserIsDenied(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	a.server.SetState("alice", authtest.Suspended)
	to := a.authorize(t, a.user, nil)
	assert.Equal(t, "https://app.example/callback?error=access_denied&state=st", to.String())
}

func TestConfidentialClient(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Confidential: true})
	require.Len(t, a.client.Secret, 36)
	for secret, status := range map[string]int{a.client.Secret: 200, "wrong": 401, "": 401} {
		assert.Equal(t, status, a.exchange(t, a.code(t, nil), url.Values{"client_secret": {secret}}).Status, secret)
		form := url.Values{"grant_type": {"client_credentials"}}
		request, err := http.NewRequest(http.MethodPost, a.server.URL+"/api/v3/oauth2/token", strings.NewReader(form.Encode()))
		require.NoError(t, err)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.SetBasicAuth(a.client.ID, secret)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		got := readGrant(t, response)
		assert.Equal(t, status, got.Status, secret)
		if status == 200 {
			assert.Equal(t, http.StatusInternalServerError, a.use(t, got.AccessToken, me), "it is no user's")
		}
	}
	public := newApp(t, authtest.OAuth2Client{})
	assert.Equal(t, grant{Status: 401, Error: "unauthorized_client"},
		public.post(t, url.Values{"grant_type": {"client_credentials"}, "client_id": {public.client.ID}}))
}

func TestRefreshOfManyAtOnce(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	a.server.SetRefreshTokens(true)
	access, refresh := a.server.IssueToken(a.client.ID, "alice", "read")
	got := make([]grant, 4)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() { got[i] = a.refresh(t, refresh, nil) })
	}
	all.Wait()
	won := 0
	for _, g := range got {
		if g.Status == http.StatusOK {
			won++
			assert.Equal(t, http.StatusOK, a.use(t, g.AccessToken, me))
		} else {
			assert.Equal(t, grant{Status: 400, Error: "invalid_grant"}, g)
		}
	}
	assert.Equal(t, 1, won)
	assert.Equal(t, http.StatusUnauthorized, a.use(t, access, me))
	assert.Equal(t, 4, a.server.Count("POST", "/api/v3/oauth2/token"))
}

func TestConcurrentSignIn(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Scopes: []string{"read", "openid"}})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			c := browser(t)
			c.CheckRedirect = a.user.CheckRedirect
			login(t, c, a.server, "bob")
			for range 5 {
				consent := a.authorize(t, c, nil)
				status, _, _ := get(t, c, a.server.URL+consent.RequestURI())
				assert.Equal(t, http.StatusOK, status)
				_, answer := a.decide(t, c, "approve")
				got := a.exchange(t, answer.Get("code"), nil)
				assert.Equal(t, http.StatusOK, a.use(t, got.AccessToken, me))
				a.server.AgeTokens("bob", time.Second)
			}
		})
	}
	all.Wait()
}

func TestRefreshScopes(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Scopes: []string{"read", "write"}})
	a.server.SetRefreshTokens(true)
	_, refresh := a.server.IssueToken(a.client.ID, "alice", "read", "write")
	narrower := a.refresh(t, refresh, url.Values{"scope": {"read manage_bot"}})
	assert.Equal(t, "read", narrower.Scope)
	assert.Equal(t, grant{Status: 400, Error: "invalid_scope"}, a.refresh(t, narrower.RefreshToken, url.Values{"scope": {"write"}}))
	a.server.SetRefreshTokens(false)
	last := a.refresh(t, narrower.RefreshToken, nil)
	assert.Equal(t, http.StatusOK, last.Status)
	assert.Empty(t, last.RefreshToken)
	assert.Equal(t, 400, a.refresh(t, "", nil).Status)
}

func TestTokensEnd(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	a.server.AddToken("for ever", authtest.Token{User: "alice", Scopes: []string{"read"}})
	for _, life := range []time.Duration{-time.Minute, 0, time.Millisecond, time.Second} {
		a.server.SetAccessTokenLife(life)
		assert.Equal(t, 1, a.exchange(t, a.code(t, nil), nil).ExpiresIn, life)
	}
	a.server.SetAccessTokenLife(90*time.Second + time.Millisecond)
	issue := func() grant {
		got := a.exchange(t, a.code(t, nil), nil)
		assert.Equal(t, 90, got.ExpiresIn)
		assert.Equal(t, http.StatusOK, a.use(t, got.AccessToken, me))
		return got
	}
	revoked := issue()
	a.server.RevokeTokens("bob")
	assert.Equal(t, http.StatusOK, a.use(t, revoked.AccessToken, me))
	a.server.RevokeTokens("Alice")
	assert.Equal(t, http.StatusUnauthorized, a.use(t, revoked.AccessToken, me))
	byClock := issue()
	a.now = a.now.Add(90 * time.Second)
	assert.Equal(t, http.StatusOK, a.use(t, byClock.AccessToken, me))
	a.now = a.now.Add(1)
	assert.Equal(t, http.StatusUnauthorized, a.use(t, byClock.AccessToken, me))
	byAge := issue()
	a.server.AgeTokens("alice", 91*time.Second)
	assert.Equal(t, http.StatusUnauthorized, a.use(t, byAge.AccessToken, me))
	a.server.AddToken("for ever", authtest.Token{User: "alice", Scopes: []string{"read"}})
	a.now = a.now.Add(1000 * time.Hour)
	assert.Equal(t, http.StatusOK, a.use(t, "for ever", me))
}

func TestListedTokenIsRevoked(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	access, _ := a.server.IssueToken(a.client.ID, "alice", "read")
	a.server.IssueToken(a.client.ID, "bob", "read")
	_, body, _ := get(t, a.user, a.server.URL+"/api/v3/users/me/tokens")
	var list []struct {
		ID, ClientID string
		Scopes       []string
	}
	require.NoError(t, json.Unmarshal([]byte(body), &list))
	require.Len(t, list, 1)
	assert.Equal(t, a.client.ID, list[0].ClientID)
	for _, status := range []int{http.StatusNoContent, http.StatusNotFound} {
		request, err := http.NewRequest(http.MethodDelete, a.server.URL+"/api/v3/users/me/tokens/"+list[0].ID, nil)
		require.NoError(t, err)
		response, err := a.user.Do(request)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, status, response.StatusCode)
		assert.Equal(t, http.StatusUnauthorized, a.use(t, access, me))
	}
}

func TestConsentIsForScopes(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Scopes: []string{"read", "write"}})
	a.server.IssueToken(a.client.ID, "alice", "read")
	for scope, code := range map[string]bool{"read": true, "write": false, "read write": false, "": false, "read manage_bot": false} {
		to := a.authorize(t, a.user, url.Values{"prompt": {"none"}, "scope": {scope}})
		assert.Equal(t, code, to.Query().Has("code"), scope)
		assert.Equal(t, map[bool]string{false: "consent_required"}[code], to.Query().Get("error"), scope)
	}
}

func TestRegisterClient(t *testing.T) {
	server := authtest.NewUnstartedServer()
	c := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "app:/back"})
	assert.Equal(t, authtest.OAuth2Client{ID: c.ID, Name: "Test client", RedirectURI: "app:/back", Scopes: []string{"read"}, Owner: "traq"}, c)
	assert.Len(t, c.ID, 36)
	for name, wrong := range map[string]authtest.OAuth2Client{
		"no redirect URI": {}, "relative": {RedirectURI: "/callback"}, "scope": {RedirectURI: "app:/", Scopes: []string{"all"}},
		"owner": {RedirectURI: "app:/", Owner: "nobody"},
	} {
		assert.Panics(t, func() { server.RegisterClient(wrong) }, name)
	}
	assert.Panics(t, func() { server.IssueToken("unknown", "alice", "read") })
}
