package authhttp_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
)

// TestLive plays the scenarios against the server TRAQ (http://127.0.0.1:3000)
// with the account NAME and its PASSWORD, which they leave as they found it.
func TestLive(t *testing.T) {
	server, name, password := os.Getenv("TRAQ"), os.Getenv("NAME"), os.Getenv("PASSWORD")
	if server == "" {
		// Only who has a server, and an account on it, can name them.
		t.Skip("there is no server to play against; make live TRAQ=http://… NAME=… PASSWORD=… plays the scenarios against one")
	}
	require.True(t, name != "" && password != "", "TRAQ needs NAME and PASSWORD beside it, of an account there")
	origin, err := originOf(server)
	require.NoError(t, err)
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt) // who is interrupted tidies up all the same
	defer stop()
	l := live{origin: origin, name: name, password: password}
	assert.NoError(t, l.play(ctx, scenarios.All(), func(name string, play func() error) {
		t.Run(name, func(t *testing.T) { assert.NoError(t, play()) })
	}))
}

func originOf(server string) (string, error) {
	u, err := url.Parse(strings.TrimSuffix(server, "/"))
	if err != nil || u.String() != u.Scheme+"://"+u.Host {
		return "", errors.New("TRAQ must be an origin, as http://127.0.0.1:3000")
	}
	return u.String(), nil
}

// live plays scenarios with an account that is somebody's.
type live struct{ origin, name, password string }

// play plays those that need no server in memory, each by way of each. The
// account must afterwards be what it was before; a session that somebody else
// opens or ends meanwhile is an error too, for it could be one of these.
func (l live) play(ctx context.Context, all []scenarios.Scenario, each func(name string, play func() error)) (err error) {
	witness := newPlayer(l.origin, l.name, l.password)
	defer leave(ctx, witness, &err)
	before, err := look(ctx, witness, loginStep)
	if err != nil {
		return fmt.Errorf("the account cannot be looked at: %w", err)
	}
	for _, s := range all {
		if s.Memory || ctx.Err() != nil {
			continue
		}
		each(s.Name, func() error { return l.playOne(ctx, s) })
	}
	late, cancel := tidying(ctx)
	defer cancel()
	after, err := look(late, witness)
	if err != nil {
		return fmt.Errorf("the account cannot be looked at afterwards: %w", err)
	}
	if !assert.ObjectsAreEqual(before, after) {
		return fmt.Errorf("the account is not what it was before; it was\n%+v\nand is\n%+v", before, after)
	}
	return ctx.Err()
}

func (l live) playOne(ctx context.Context, s scenarios.Scenario) (err error) {
	if err := harmless(s); err != nil {
		return err
	}
	p := newPlayer(l.origin, l.name, l.password)
	defer leave(ctx, p, &err)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return p.play(ctx, s)
}

// tidying is a context for what is to be done also where ctx has ended.
func tidying(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
}

// leave ends the sessions of a player's people, and adds what goes wrong there
// to err.
func leave(ctx context.Context, p *player, err *error) {
	ctx, cancel := tidying(ctx)
	defer cancel()
	*err = errors.Join(*err, p.leave(ctx))
}

// account is what the scenarios must leave as it is.
type account struct {
	sessions []authhttp.Session
	linked   []authhttp.Account
}

// look tells what there is of the account, once client "a" has taken the steps.
func look(ctx context.Context, p *player, steps ...scenarios.Step) (found account, err error) {
	if err := p.play(ctx, scenarios.Scenario{Steps: steps}); err != nil {
		return found, err
	}
	person, err := p.person("a")
	if err != nil {
		return found, err
	}
	client, err := person.client(p.origin, options{})
	if err != nil {
		return found, err
	}
	if found.sessions, err = client.ListSessions(ctx); err != nil {
		return found, err
	}
	found.linked, err = client.ListAccounts(ctx)
	slices.SortFunc(found.sessions, func(a, b authhttp.Session) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(found.linked, func(a, b authhttp.Account) int { return cmp.Compare(a.ProviderName, b.ProviderName) })
	return found, err
}

var loginStep = scenarios.Step{Call: "login", Args: []json.RawMessage{[]byte(`{"name":"<name>","password":"<password>"}`)}}

// harmless gives an error for a scenario that could end or change what is not
// its own; that it lacks "memory" is a mistake in the table.
func harmless(s scenarios.Scenario) error {
	for i, step := range s.Steps {
		var args bytes.Buffer
		for _, arg := range step.Args {
			if err := json.Compact(&args, arg); err != nil {
				return err
			}
		}
		switch {
		case step.Server != "", step.Visit != "",
			step.Call == "logout" && strings.Contains(args.String(), `"all":true`),
			step.Call == "revokeSession" && strings.Contains(args.String(), "<"),
			step.Call == "unlinkAccount" && step.Fails == nil:
			return fmt.Errorf("step %d may change what is not the scenario's own; it must be one of memory", i+1)
		}
	}
	return nil
}

// Two sessions of somebody's are open, and must be so afterwards.
func TestLiveLeavesTheAccountAsItIs(t *testing.T) {
	server, l, others := somebody(t)
	var played []string
	err := l.play(t.Context(), scenarios.All(), func(name string, play func() error) {
		played = append(played, name)
		assert.NoError(t, play(), name)
	})
	require.NoError(t, err)
	assert.Len(t, played, len(slices.DeleteFunc(scenarios.All(), func(s scenarios.Scenario) bool { return s.Memory })))
	assert.Greater(t, len(played), 10)
	assertOpen(t, server, 2, others...)
}

// Whatever becomes of a scenario, its sessions are ended, and no others.
func TestLiveTidiesUp(t *testing.T) {
	const login = `{"call":"login","args":[{"name":"<name>","password":"<password>"}]},
		{"client":"b","call":"login","args":[{"name":"<name>","password":"<password>"}]},`
	const harm = "may change what is not the scenario's own"
	tests := map[string]struct{ steps, finds string }{
		"fails half-way":     {login + `{"call":"getUser","fails":{}},{"call":"logout"}`, "should fail with {}"},
		"forgets to log out": {login, ""},
		"ends all":           {login + `{"call":"logout","args":[{"all": true}]}`, harm},
		"ends a known one":   {login + `{"call":"revokeSession","args":["<x>"]}`, harm},
		"unlinks":            {login + `{"call":"unlinkAccount","args":["oidc"]}`, harm},
		"goes to a provider": {login + `{"visit":"<origin>/api/auth/oidc?link=1"}`, harm},
		"acts on the server": {login + `{"server":"suspend","args":["alice"]}`, harm},
		"sends more":         {login + `{"call":"getUser","sends":2}`, "it sends 1 requests, not 2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server, l, others := somebody(t)
			var outcome error
			err := l.play(t.Context(), []scenarios.Scenario{scenario(t, name, test.steps)}, func(_ string, play func() error) { outcome = play() })
			require.NoError(t, err)
			if test.finds == "" {
				assert.NoError(t, outcome)
			} else {
				assert.ErrorContains(t, outcome, test.finds)
			}
			assertOpen(t, server, 2, others...)
		})
	}
	t.Run("is interrupted", func(t *testing.T) {
		server, l, others := somebody(t)
		ctx, interrupt := context.WithCancel(t.Context())
		server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/api/v3/version" {
				interrupt()
			}
			return false
		})
		steps := login + `{"call":"getServerInfo"},{"call":"getServerInfo"}`
		var outcomes []error
		err := l.play(ctx, []scenarios.Scenario{scenario(t, "first", steps), scenario(t, "second", steps)}, func(_ string, play func() error) {
			outcomes = append(outcomes, play())
		})
		require.ErrorIs(t, err, context.Canceled)
		require.Len(t, outcomes, 1)
		assert.ErrorIs(t, outcomes[0], context.Canceled)
		assertOpen(t, server, 2, others...)
	})
}

// What somebody else does meanwhile is told, and left alone.
func TestLiveTellsWhatIsNotAsBefore(t *testing.T) {
	tests := map[string]struct {
		change func(server *authtest.Server, first *http.Client)
		open   int
	}{
		"a session was opened": {func(server *authtest.Server, _ *http.Client) { server.OpenSession("alice") }, 3},
		"a session was ended": {func(server *authtest.Server, first *http.Client) {
			_, err := first.Post(server.URL+"/api/v3/logout", "", nil)
			assert.NoError(t, err)
		}, 1},
		"an account was linked": {func(server *authtest.Server, _ *http.Client) { server.Link("alice", "oidc", "alice_ext") }, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server, l, others := somebody(t)
			err := l.play(t.Context(), []scenarios.Scenario{scenario(t, name, "")}, func(_ string, play func() error) {
				assert.NoError(t, play())
				test.change(server, browserOf(t, server, others[0]))
			})
			assert.ErrorContains(t, err, "the account is not what it was before")
			assertOpen(t, server, test.open, others[1])
		})
	}
}

// somebody is a server, and an account there with two sessions, of which it
// gives the cookies.
func somebody(t *testing.T) (*authtest.Server, live, []string) {
	server := authtest.NewServer()
	t.Cleanup(server.Close)
	return server, live{server.URL, "alice", "password1234"}, []string{server.OpenSession("alice"), server.OpenSession("alice")}
}

// assertOpen says that alice has so many sessions, these among them.
func assertOpen(t *testing.T, server *authtest.Server, n int, cookies ...string) {
	t.Helper()
	for _, cookie := range cookies {
		client, err := authhttp.New(server.URL+"/api/v3", &authhttp.Options{HTTPClient: browserOf(t, server, cookie)})
		require.NoError(t, err)
		sessions, err := client.ListSessions(t.Context())
		assert.NoError(t, err, "the session is not open any more")
		assert.Len(t, sessions, n)
	}
}

// browserOf has the cookie of a session.
func browserOf(t *testing.T, server *authtest.Server, cookie string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	at, err := url.Parse(server.URL)
	require.NoError(t, err)
	jar.SetCookies(at, []*http.Cookie{{Name: "r_session", Value: cookie, Path: "/"}})
	return &http.Client{Jar: jar}
}

func TestLiveAddress(t *testing.T) {
	for _, right := range []string{"http://127.0.0.1:3000", "https://q.trap.jp/"} {
		origin, err := originOf(right)
		assert.NoError(t, err)
		assert.Equal(t, strings.TrimSuffix(right, "/"), origin)
	}
	for _, wrong := range []string{"127.0.0.1:3000", "q.trap.jp", "http://q/api/v3", "http://alice:pw@q", "http://q?x", "http://"} {
		_, err := originOf(wrong)
		assert.Error(t, err, wrong)
	}
}
