package authhttp_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
)

func TestWrongOptions(t *testing.T) {
	wrong := map[string]*authhttp.Options{}
	for _, base := range []string{
		"", "/api/v3", "q.trap.jp/api/v3", "//q.trap.jp/api/v3", "ftp://q.trap.jp/api/v3", "https:q.trap.jp", "https:///api/v3", "https://",
		"https://alice:pw@q.trap.jp/api/v3", "https://q.trap.jp/api/v3?x", "https://q.trap.jp/api/v3?", "https://q.trap.jp/api/v3#x",
		"https://q.trap.jp/%zz", "https://q.trap.jp/\n", "https://トラP.example/",
	} {
		wrong[base] = nil
	}
	for base, options := range wrong {
		_, err := authhttp.New(base, options)
		require.Error(t, err, base)
		assert.Equal(t, authcore.CodeInvalidArgument, coreError(t, err).Code)
		assert.Contains(t, err.Error(), "baseURL")
		assert.NotContains(t, err.Error(), "pw", "no credential is in an error")
	}
	for name, options := range map[string]*authhttp.Options{
		"AuthURL":                {AuthURL: "/api/auth"},
		"AllowedRedirectOrigins": {AllowedRedirectOrigins: []string{"https://app.example", "app.example"}},
		"without a path":         {AllowedRedirectOrigins: []string{"https://app.example/path"}},
	} {
		_, err := authhttp.New("https://q.trap.jp/api/v3", options)
		require.Error(t, err, name)
		assert.Equal(t, authcore.CodeInvalidArgument, coreError(t, err).Code)
		assert.Contains(t, err.Error(), name)
	}
}

// Addresses mean the same with a slash at the end, in capitals, with the
// default port.
func TestSpellingsOfAddresses(t *testing.T) {
	server := newServer(t)
	for _, end := range []string{"/api/v3", "/api/v3/", "/api/v3//"} {
		client, err := authhttp.New(server.URL+end, &authhttp.Options{AuthURL: server.URL + "/else/auth/"})
		require.NoError(t, err)
		require.NoError(t, client.Login(t.Context(), "alice", "password1234"))
		link, err := client.LinkAccount(t.Context(), "oidc")
		require.NoError(t, err)
		assert.Equal(t, server.URL+"/else/auth/oidc?link=1", link)
		entrance, err := client.LoginWith(t.Context(), "oidc")
		require.NoError(t, err)
		assert.Equal(t, server.URL+"/else/auth/oidc", entrance)
	}
}

// An API at the root of an origin has its entrances there too, and not at a host
// named "auth".
func TestEntrancesOfAnOrigin(t *testing.T) {
	server := newServer(t)
	at, err := url.Parse(server.URL)
	require.NoError(t, err)
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		there := r.Clone(r.Context())
		there.URL.Scheme, there.URL.Host, there.URL.Path = "http", at.Host, "/api/v3/"+path.Base(r.URL.Path)
		return http.DefaultTransport.RoundTrip(there)
	})
	for base, auth := range map[string]string{
		"https://api.example":           "https://api.example/auth",
		"https://api.example/":          "https://api.example/auth",
		"https://API.example:443//":     "https://api.example/auth",
		"https://api.example:8443":      "https://api.example:8443/auth",
		"http://[::1]:3000/":            "http://[::1]:3000/auth",
		"http://[::1]":                  "http://[::1]/auth",
		"https://api.example/v3":        "https://api.example/auth",
		"https://api.example/v3/":       "https://api.example/auth",
		"https://api.example/traq/v3//": "https://api.example/traq/auth",
	} {
		client, err := authhttp.New(base, &authhttp.Options{HTTPClient: &http.Client{Transport: transport}})
		require.NoError(t, err, base)
		got, err := client.LoginWith(t.Context(), "oidc")
		require.NoError(t, err, base)
		assert.Equal(t, auth+"/oidc", got, base)
	}
}

func TestHTTPClientOfTheCallers(t *testing.T) {
	server := newServer(t)
	at, err := url.Parse(server.URL)
	require.NoError(t, err)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	followed := errors.New("followed")
	own := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return followed }}
	client := newClient(t, server, &authhttp.Options{HTTPClient: own})
	to, err := client.LoginRedirect(t.Context(), "alice", "password1234", "/foo")
	require.NoError(t, err)
	assert.Equal(t, server.URL+"/foo", to)

	assert.Len(t, jar.Cookies(at), 1, "their jar is used")
	assert.Nil(t, own.Transport)
	assert.Equal(t, http.CookieJar(jar), own.Jar)
	assert.Equal(t, followed, own.CheckRedirect(nil, nil))

	bare := &http.Client{}
	client = newClient(t, server, &authhttp.Options{HTTPClient: bare})
	require.NoError(t, client.Login(t.Context(), "alice", "password1234"))
	_, err = client.GetUser(t.Context())
	assert.NoError(t, err, "without a jar of theirs, the client has its own")
	assert.Equal(t, &http.Client{}, bare)
	_, err = newClient(t, server, &authhttp.Options{HTTPClient: bare}).GetUser(t.Context())
	assert.Equal(t, authcore.CodeNotAuthenticated, coreError(t, err).Code, "and each client one of its own")
}

func TestNoCookies(t *testing.T) {
	server := newServer(t)
	browser := browserOf(t, server, server.OpenSession("alice"))
	at, err := url.Parse(server.URL)
	require.NoError(t, err)
	before := browser.Jar.Cookies(at)
	client := newClient(t, server, &authhttp.Options{HTTPClient: browser, NoCookies: true})
	for name, method := range methods {
		server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
			assert.Empty(t, r.Cookies(), name)
			return false
		})
		err := method(t.Context(), client)
		if name == authcore.OpLogin {
			assert.Equal(t, authcore.CodeCookieNotKept, coreError(t, err).Code)
		}
	}
	assert.Equal(t, before, browser.Jar.Cookies(at), "nor is any kept")
}

// takesToken are the operations that authcore puts the token in.
var takesToken = map[string]bool{
	authcore.OpListSessions:  true,
	authcore.OpRevokeSession: true,
	authcore.OpListAccounts:  true,
	authcore.OpUnlinkAccount: true,
	authcore.OpGetUser:       true,
}

// The token is sent where authcore puts one, and asked for nowhere else.
func TestAccessToken(t *testing.T) {
	server := newServer(t)
	for name, method := range methods {
		var asked, sent []string
		type key struct{}
		client := newClient(t, server, &authhttp.Options{AccessToken: func(ctx context.Context) (string, error) {
			asked = append(asked, ctx.Value(key{}).(string))
			return "the-token", nil
		}})
		server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
			sent = append(sent, r.Header.Values("Authorization")...)
			return false
		})
		_ = method(context.WithValue(t.Context(), key{}, name), client) // whether it may does not matter
		if takesToken[name] {
			assert.Equal(t, []string{"Bearer the-token"}, sent, name)
			assert.Equal(t, []string{name}, asked, "asked with the call's context")
		} else {
			assert.Empty(t, sent, name)
			assert.Empty(t, asked, name)
		}
	}
}

func TestAccessTokenThatFails(t *testing.T) {
	server := newServer(t)
	broken := errors.New("no token today")
	client := newClient(t, server, &authhttp.Options{AccessToken: func(context.Context) (string, error) { return "secret", broken }})
	for name := range takesToken {
		before := server.Requests()
		err := methods[name](t.Context(), client)
		assert.ErrorIs(t, err, broken, name)
		e := coreError(t, err)
		assert.Equal(t, authcore.CodeInvalidArgument, e.Code)
		assert.Equal(t, name, e.Op)
		assert.NotContains(t, err.Error(), "secret")
		assert.Equal(t, before, server.Requests(), "nothing is sent without the token")
	}

	ctx, cancel := context.WithCancel(t.Context())
	client = newClient(t, server, &authhttp.Options{AccessToken: func(context.Context) (string, error) {
		cancel()
		return "", broken
	}})
	_, err := client.GetUser(ctx)
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorIs(t, err, broken)
	assert.Equal(t, authhttp.CodeCanceled, coreError(t, err).Code, "a call that was cancelled says so first")
}

func TestStaticToken(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, &authhttp.Options{AccessToken: authhttp.StaticToken("no token")})
	_, err := client.GetUser(t.Context())
	assert.Equal(t, authcore.CodeInvalidArgument, coreError(t, err).Code, "it is checked by authcore")
	assert.NotContains(t, err.Error(), "no token")
	client = newClient(t, server, &authhttp.Options{AccessToken: authhttp.StaticToken("")})
	_, err = client.GetUser(t.Context())
	assert.Equal(t, authcore.CodeNotAuthenticated, coreError(t, err).Code, "an empty one is none")
}

func TestUserAgent(t *testing.T) {
	server := newServer(t)
	var agents []string
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		agents = append(agents, r.UserAgent())
		return false
	})
	for _, given := range []string{"", "my-bot/1.0 (+https://bot.example)"} {
		client := newClient(t, server, &authhttp.Options{UserAgent: given})
		require.NoError(t, client.Login(t.Context(), "alice", "password1234"))
		_, err := client.ListSessions(t.Context())
		require.NoError(t, err)
	}
	assert.Equal(t, []string{
		"Go-http-client/1.1", "Go-http-client/1.1",
		"my-bot/1.0 (+https://bot.example)", "my-bot/1.0 (+https://bot.example)",
	}, agents)
	for _, wrong := range []string{"bot\r\nX-Evil: 1", "bot\x00", "bot\x7f"} {
		_, err := authhttp.New(server.URL+"/api/v3", &authhttp.Options{UserAgent: wrong})
		require.ErrorIs(t, err, authcore.CodeInvalidArgument)
		assert.ErrorContains(t, err, "UserAgent")
	}
}
