package authtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// otherSessions are the other sessions of the logouts whose notes tell what became of
// them, by the name of the exchange.
var otherSessions = map[string][2]string{}

// setUp does what went before an exchange without being recorded.
func (p *player) setUp(t *testing.T, name string) {
	open := func(number, user string) string {
		cookie := p.server.OpenSession(user)
		p.values["<session:"+number+">"] = cookie
		p.now = p.now.Add(time.Second)
		return cookie
	}
	signOutEverywhere := func(user string) {
		p.server.SetState(user, authtest.Deactivated)
		p.server.SetState(user, authtest.Active)
	}
	if number, is := logouts[name]; is {
		open(number, "alice")
		if name == "logout.twice" {
			p.logout(t, p.values["<session:40>"])
		}
		otherSessions[name] = [2]string{p.server.OpenSession("alice"), p.server.OpenSession("alice")}
	}
	switch name {
	case "login.already_logged_in":
		open("14", "alice")
	case "login.stale_cookie":
		p.values["<session:15>"] = strings.Repeat("x", 50)
		p.values["<token:alice_read>"] = "alice-read"
		p.server.AddToken("alice-read", authtest.Token{User: "alice", Scopes: []string{"read"}})
	case "login.after_41_failures_in_a_row":
		for range 40 {
			response, err := http.Post(p.url+"/api/v3/login", "application/json", strings.NewReader(`{"name":"bob","password":"wrong"}`))
			require.NoError(t, err)
			require.NoError(t, response.Body.Close())
			require.Equal(t, http.StatusUnauthorized, response.StatusCode)
		}
	case "sessions.list.one":
		signOutEverywhere("alice")
		open("41", "alice")
		for token, scopes := range map[string][]string{
			"alice_write": {"write"}, "alice_read_write": {"read", "write"}, "alice_all_scopes": {"read", "write", "manage_bot", "openid", "profile"},
		} {
			p.values["<token:"+token+">"] = strings.ReplaceAll(token, "_", "-")
			p.server.AddToken(strings.ReplaceAll(token, "_", "-"), authtest.Token{User: "alice", Scopes: scopes})
		}
		p.values["<token:bot>"], p.values["<token:client_credentials>"] = "bot", "client"
		p.server.AddToken("bot", authtest.Token{User: "BOT_alicebot", Scopes: []string{"read", "write"}})
		p.server.AddToken("client", authtest.Token{Scopes: []string{"read"}})
	case "sessions.list.three":
		open("42", "alice")
		open("42b", "alice")
	case "sessions.revoke.no_hyphens":
		p.bindID("01a207ab-7831-7cca-bdfa-9bfe5131dddf", p.idOf(t, open("42c", "alice")))
	case "sessions.list.many_gzip":
		p.server.AddUser(authtest.User{Name: "many"})
		for range 25 {
			open("43", "many")
		}
	case "sessions.list.expired_refreshable":
		p.server.AddUser(authtest.User{Name: "old"})
		p.server.AgeSession(open("44", "old"), 15*24*time.Hour)
	case "sessions.list.expired":
		p.server.AgeSession(open("46", "old"), 29*24*time.Hour)
	case "sessions.list.expired_refreshable.after_parallel":
		p.server.AgeSession(open("47", "old"), 15*24*time.Hour)
		require.Equal(t, http.StatusOK, p.statusOf(t, p.values["<session:47>"]))
	case "sessions.list.suspended_while_logged_in":
		p.server.AddUser(authtest.User{Name: "carol"})
		open("48", "carol")
		p.server.SetState("carol", authtest.Suspended)
	case "sessions.list.deactivated_while_logged_in":
		p.server.AddUser(authtest.User{Name: "dave"})
		open("49", "dave")
		p.server.SetState("dave", authtest.Deactivated)
	case "password.change":
		p.server.AddUser(authtest.User{Name: "erin", Password: "password1234"})
		open("50", "erin")
	case "ex.list.empty":
		open("51", "alice")
	case "ex.link_taken.1_link":
		open("58", "bob")
	case "ex.link_badcode.4_callback":
		p.values["<code:63>"] = "nope"
	case "auth.login_suspended.2_auth":
		p.server.Link("suspended", "oidc", "suspended_ext")
	case "me.admin":
		open("82", "traq")
	case "ratelimit.429":
		open("83", "flooder")
		for range 1000 {
			require.Equal(t, http.StatusOK, p.statusOf(t, p.values["<session:83>"]))
		}
	case "ratelimit.429.cors":
		p.now = p.now.Add(-time.Millisecond)
	case "traq_provider.version":
		p.server.SetProviders("traQ", "oidc")
		p.server.AddUser(authtest.User{Name: "frank"})
		open("900", "frank")
		p.values["<state:900>"] = "" // bound by the answer
	}
	if strings.HasSuffix(name, ".4_callback") {
		// bad_state changes the state that it sends.
		p.values["<state:66>"] = "another"
	}
}

// logouts are the exchanges that end a session of three, by its number.
var logouts = map[string]string{
	"logout.logged_in": "23", "logout.redirect": "24", "logout.redirect_external": "25", "logout.all_true": "26", "logout.all_1": "27",
	"logout.all_TRUE": "28", "logout.all_T": "29", "logout.all_yes": "30", "logout.all_false": "31", "logout.all_0": "32", "logout.all_empty": "33",
	"logout.all_bare": "34", "logout.all_true_redirect": "35", "logout.all_twice": "36", "logout.json_body_ignored": "37",
	"logout.with_bearer_and_cookie": "38", "logout.cors": "39", "logout.twice": "40",
}

var afterLogout = regexp.MustCompile(`\{'this': (\d+), 'other1': (\d+), 'other2': (\d+)\}`)

// afterwards compares what a recording's note tells of the time after it.
func (p *player) afterwards(t *testing.T, recorded recording) {
	if found := afterLogout.FindStringSubmatch(recorded.Note); found != nil {
		others := otherSessions[recorded.Name]
		this := p.values["<session:"+logouts[recorded.Name]+">"]
		for i, cookie := range []string{this, others[0], others[1]} {
			assert.Equal(t, found[i+1], fmt.Sprint(p.statusOf(t, cookie)), "session %d of %s", i, found[0])
		}
	}
	revoked := map[string]string{
		"sessions.revoke.other": "42", "sessions.revoke.uppercase": "42b", "sessions.revoke.no_hyphens": "42c", "logout.with_bearer_and_cookie": "38",
		"password.change": "50",
	}
	if number, is := revoked[recorded.Name]; is {
		assert.Equal(t, http.StatusUnauthorized, p.statusOf(t, p.values["<session:"+number+">"]))
	}
	if recorded.Name == "logout.suspended" {
		p.server.SetState("carol", authtest.Active)
		assert.Equal(t, http.StatusUnauthorized, p.statusOf(t, p.values["<session:48>"]))
	}
	if recorded.Name == "ex.unlink.ok" {
		assert.Equal(t, http.StatusOK, p.statusOf(t, p.values["<session:75>"]), "the session opened by the external account stays")
	}
}

// providerAnswer is what the person does at the provider.
func (p *player) providerAnswer(name string) string {
	flow, _, _ := strings.Cut(name, ".3_")
	account := map[string]string{
		"ex.link_direct_second": "alice_ext2", "ex.link_badcode": "bob_ext", "ex.link_chain_retry": "bob_ext",
		"callback.no_session": "nobody_ext", "auth.login_unlinked": "nobody_ext", "auth.login_suspended": "suspended_ext",
	}[flow]
	if account == "" {
		account = "alice_ext"
	}
	if flow == "ex.link_denied" {
		return "&decision=deny&account=" + account
	}
	return "&decision=approve&account=" + account
}

func (p *player) logout(t *testing.T, cookie string) {
	request, err := http.NewRequest(http.MethodPost, p.url+"/api/v3/logout", nil)
	require.NoError(t, err)
	request.Header.Set("Cookie", "r_session="+cookie)
	response, err := p.client.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
}

func (p *player) get(t *testing.T, cookie string) *http.Response {
	request, err := http.NewRequest(http.MethodGet, p.url+"/api/v3/users/me/sessions", nil)
	require.NoError(t, err)
	request.Header.Set("Cookie", "r_session="+cookie)
	response, err := p.client.Do(request)
	require.NoError(t, err)
	return response
}

func (p *player) statusOf(t *testing.T, cookie string) int {
	response := p.get(t, cookie)
	require.NoError(t, response.Body.Close())
	return response.StatusCode
}

// idOf is the id of the newest session of the cookie's user.
func (p *player) idOf(t *testing.T, cookie string) string {
	response := p.get(t, cookie)
	var list []struct{ ID, IssuedAt string }
	require.NoError(t, json.NewDecoder(response.Body).Decode(&list))
	require.NoError(t, response.Body.Close())
	newest := list[0]
	for _, s := range list {
		if s.IssuedAt > newest.IssuedAt {
			newest = s
		}
	}
	return newest.ID
}
