package authhttp_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/authcore/authtest"
)

const sessionID = "01a207ab-7610-7cca-92e9-2da640e2838e"

// methods are all that send something, by their operations' names, with
// arguments that are right.
var methods = map[string]func(context.Context, *authhttp.Client) error{
	authcore.OpLogin:         func(ctx context.Context, c *authhttp.Client) error { return c.Login(ctx, "alice", "password1234") },
	authcore.OpLogout:        func(ctx context.Context, c *authhttp.Client) error { return c.Logout(ctx) },
	authcore.OpListSessions:  func(ctx context.Context, c *authhttp.Client) error { _, err := c.ListSessions(ctx); return err },
	authcore.OpRevokeSession: func(ctx context.Context, c *authhttp.Client) error { return c.RevokeSession(ctx, sessionID) },
	authcore.OpListAccounts:  func(ctx context.Context, c *authhttp.Client) error { _, err := c.ListAccounts(ctx); return err },
	authcore.OpLinkAccount:   func(ctx context.Context, c *authhttp.Client) error { _, err := c.LinkAccount(ctx, "oidc"); return err },
	authcore.OpLoginWith:     func(ctx context.Context, c *authhttp.Client) error { _, err := c.LoginWith(ctx, "oidc"); return err },
	authcore.OpUnlinkAccount: func(ctx context.Context, c *authhttp.Client) error { return c.UnlinkAccount(ctx, "oidc") },
	authcore.OpListProviders: func(ctx context.Context, c *authhttp.Client) error { _, err := c.ListProviders(ctx); return err },
	authcore.OpGetServerInfo: func(ctx context.Context, c *authhttp.Client) error { _, err := c.GetServerInfo(ctx); return err },
	authcore.OpGetUser:       func(ctx context.Context, c *authhttp.Client) error { _, err := c.GetUser(ctx); return err },
}

func newServer(t *testing.T) *authtest.Server {
	server := authtest.NewServer()
	t.Cleanup(server.Close)
	return server
}

// newClient is a client of the server's; options may be nil.
func newClient(t *testing.T, server *authtest.Server, options *authhttp.Options) *authhttp.Client {
	t.Helper()
	client, err := authhttp.New(server.URL+"/api/v3", options)
	require.NoError(t, err)
	return client
}

// answering has the server answer every request so.
func answering(server *authtest.Server, answer http.HandlerFunc) {
	server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		answer(w, r)
		return true
	})
}

// coreError is the *authcore.Error that an error must have in it.
func coreError(t *testing.T, err error) *authcore.Error {
	t.Helper()
	var e *authcore.Error
	require.True(t, errors.As(err, &e), "no *authcore.Error is in %v", err)
	return e
}

func TestTimes(t *testing.T) {
	server := authtest.NewUnstartedServer()
	now := time.Date(2026, 11, 23, 18, 5, 27, 410567999, time.FixedZone("JST", 9*60*60))
	server.Now = func() time.Time { return now }
	server.Start()
	defer server.Close()
	server.Link("alice", "oidc", "alice_ext")
	client := newClient(t, server, nil)
	require.NoError(t, client.Login(t.Context(), "alice", "password1234"))

	want := time.Date(2026, 11, 23, 9, 5, 27, 410567000, time.UTC)
	sessions, err := client.ListSessions(t.Context())
	require.NoError(t, err)
	require.Len(t, sessions, 1)
	assert.Equal(t, want, sessions[0].IssuedAt, "UTC, in microseconds")
	accounts, err := client.ListAccounts(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []authhttp.Account{{ProviderName: "oidc", ExternalName: "alice_ext", LinkedAt: want}}, accounts)
}

func TestNothingIsHalfAResult(t *testing.T) {
	server := newServer(t)
	answering(server, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) })
	client := newClient(t, server, nil)
	sessions, err := client.ListSessions(t.Context())
	assert.Error(t, err)
	assert.Nil(t, sessions)
	accounts, err := client.ListAccounts(t.Context())
	assert.Error(t, err)
	assert.Nil(t, accounts)
	url, err := client.LinkAccount(t.Context(), "oidc")
	assert.Error(t, err)
	assert.Empty(t, url)
	url, err = client.LoginWith(t.Context(), "oidc")
	assert.Error(t, err)
	assert.Empty(t, url)
	to, err := client.LoginRedirect(t.Context(), "alice", "password1234", "/foo")
	assert.Error(t, err)
	assert.Empty(t, to)
}

// LogoutAll and Logout differ in what they end.
func TestLogoutAll(t *testing.T) {
	server := newServer(t)
	here, there := newClient(t, server, nil), newClient(t, server, nil)
	login := func() {
		require.NoError(t, here.Login(t.Context(), "alice", "password1234"))
	}
	login()
	require.NoError(t, there.Login(t.Context(), "alice", "password1234"))

	require.NoError(t, here.Logout(t.Context()))
	_, err := there.GetUser(t.Context())
	assert.NoError(t, err)

	login()
	require.NoError(t, here.LogoutAll(t.Context()))
	_, err = there.GetUser(t.Context())
	assert.Equal(t, authcore.CodeNotAuthenticated, coreError(t, err).Code)
}

// To be run under the race detector.
func TestConcurrentUse(t *testing.T) {
	server := newServer(t)
	server.AddToken("token", authtest.Token{User: "bob", Scopes: []string{"read"}})
	client := newClient(t, server, &authhttp.Options{
		AccessToken: func(ctx context.Context) (string, error) {
			if ctx.Value(asBob{}) != nil {
				return "token", nil
			}
			return "", nil
		},
	})
	require.NoError(t, client.Login(t.Context(), "alice", "password1234"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				for name, method := range methods {
					if name != authcore.OpLogin && name != authcore.OpLogout && name != authcore.OpUnlinkAccount {
						assert.NoError(t, method(t.Context(), client), name)
					}
				}
				user, err := client.GetUser(t.Context())
				assert.NoError(t, err)
				assert.Equal(t, "alice", user.Name)
				// One call's token is not another's.
				user, err = client.GetUser(context.WithValue(t.Context(), asBob{}, true))
				assert.NoError(t, err)
				assert.Equal(t, "bob", user.Name)
			}
		})
	}
	all.Wait()
}

type asBob struct{}
