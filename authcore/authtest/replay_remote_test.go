package authtest_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// TestReplayRemote plays all recordings against the server at REPLAY_AT, in which
// the npm package traq-auth-testing answers: js/test/testing/replay.test.ts starts
// it. All is arranged there by the words of scenarios.Act.
func TestReplayRemote(t *testing.T) {
	address := os.Getenv("REPLAY_AT")
	if address == "" {
		t.Skip("REPLAY_AT names no server; js/test/testing/replay.test.ts does")
	}
	t.Run("exchanges", func(t *testing.T) { replayExchanges(t, newRemotePlayer(t, address)) })
	t.Run("OAuth2", func(t *testing.T) { replayOAuth2(t, newRemotePlayer(t, address)) })
}

func newRemotePlayer(t *testing.T, address string) *player {
	p := newBarePlayer()
	r := &remote{t, address, &p.now, map[string]string{}}
	r.post("new", nil)
	p.server, p.url, p.provider = r, address, "http://127.0.0.1:3000/_provider" // the recordings' Host
	p.client.Transport = clocked{p.client.Transport, r}
	return p
}

// clocked sets the server's clock before each request. It looks past what a
// response of JavaScript's cannot tell: one header in two lines is one line there.
type clocked struct {
	http.RoundTripper
	*remote
}

func (c clocked) RoundTrip(request *http.Request) (*http.Response, error) {
	c.tick()
	response, err := c.RoundTripper.RoundTrip(request)
	if err == nil {
		response.Header.Del("Connection")
		if vary := response.Header.Get("Vary"); vary != "" {
			response.Header["Vary"] = strings.Split(vary, ", ")
		}
	}
	return response, err
}

// remote is a server that is far away.
type remote struct {
	t       *testing.T
	address string
	now     *time.Time
	owners  map[string]string // of the sessions that were opened, by cookie
}

func (r *remote) post(what string, args any) string {
	body, err := json.Marshal(args)
	require.NoError(r.t, err)
	response, err := http.Post(r.address+"/_testing/"+what, "application/json", bytes.NewReader(body))
	require.NoError(r.t, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(r.t, err)
	require.NoError(r.t, response.Body.Close())
	require.Less(r.t, response.StatusCode, 300, "%s %v: %s", what, args, text)
	return string(text)
}

func (r *remote) tick() { r.post("act/clock", []string{r.now.Format(time.RFC3339Nano)}) }

func (r *remote) act(action string, args ...string) {
	r.tick()
	r.post("act/"+action, args)
}

func (r *remote) AddUser(u authtest.User) {
	assert.Equal(r.t, authtest.Active, u.State)
	r.tick()
	r.post("act/user", []any{map[string]any{"name": u.Name, "displayName": u.DisplayName, "password": u.Password, "bot": u.Bot}})
}

func (r *remote) SetState(name string, state authtest.State) {
	r.act(map[authtest.State]string{authtest.Active: "activate", authtest.Suspended: "suspend", authtest.Deactivated: "deactivate"}[state], name)
}

func (r *remote) OpenSession(name string) (cookie string) {
	r.tick()
	cookie = r.post("session", name)
	r.owners[cookie] = name
	return cookie
}

// AgeSession makes all of the user's sessions older.
func (r *remote) AgeSession(cookie string, by time.Duration) {
	r.act("age", r.owners[cookie], by.String())
}

func (r *remote) SetProviders(names ...string) { r.act("providers", names...) }

func (r *remote) Link(name, provider, externalName string) {
	r.act("link", name, provider, externalName)
}

func (r *remote) AddToken(value string, token authtest.Token) {
	r.act("token", append([]string{value, token.User}, token.Scopes...)...)
}

func (r *remote) RegisterClient(c authtest.OAuth2Client) authtest.OAuth2Client {
	c.ID = randomID()
	args := append([]string{c.RedirectURI}, c.Scopes...)
	if c.Confidential {
		c.Secret = randomID()
		r.act("confidential-client", append([]string{c.ID, c.Secret}, args...)...)
	} else {
		r.act("client", append([]string{c.ID}, args...)...)
	}
	return c
}

func (r *remote) SetRefreshTokens(issued bool) {
	r.act("refresh-tokens", map[bool]string{true: "on", false: "off"}[issued])
}

func (r *remote) SetAccessTokenLife(life time.Duration) { r.act("token-life", life.String()) }

func (r *remote) IssueToken(_, name string, scopes ...string) (access, refresh string) {
	access = randomID()
	r.act("token", append([]string{access, name}, scopes...)...)
	return access, ""
}

func (r *remote) AgeTokens(name string, by time.Duration) { r.act("age-tokens", name, by.String()) }

// randomID is one in the form that traQ gives its clients and tokens.
func randomID() string { return (rand.Text() + rand.Text())[:36] }
