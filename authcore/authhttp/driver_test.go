package authhttp_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
)

func TestRequests(t *testing.T) {
	server := newServer(t)
	type sent struct{ method, path, contentType, body string }
	var got []sent
	answering(server, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		got = append(got, sent{r.Method, r.URL.RequestURI(), r.Header.Get("Content-Type"), string(body)})
		w.WriteHeader(http.StatusTeapot)
	})
	client := newClient(t, server, nil)
	want := map[string]sent{
		authcore.OpLogin:         {"POST", "/api/v3/login", "application/json", `{"name":"alice","password":"password1234"}`},
		authcore.OpLogout:        {"POST", "/api/v3/logout", "", ""},
		authcore.OpListSessions:  {"GET", "/api/v3/users/me/sessions", "", ""},
		authcore.OpRevokeSession: {"DELETE", "/api/v3/users/me/sessions/" + sessionID, "", ""},
		authcore.OpListAccounts:  {"GET", "/api/v3/users/me/ex-accounts", "", ""},
		authcore.OpLinkAccount:   {"POST", "/api/v3/users/me/ex-accounts/link", "application/json", `{"providerName":"oidc"}`},
		authcore.OpLoginWith:     {"GET", "/api/v3/version", "", ""},
		authcore.OpUnlinkAccount: {"POST", "/api/v3/users/me/ex-accounts/unlink", "application/json", `{"providerName":"oidc"}`},
		authcore.OpListProviders: {"GET", "/api/v3/version", "", ""},
		authcore.OpGetServerInfo: {"GET", "/api/v3/version", "", ""},
		authcore.OpGetUser:       {"GET", "/api/v3/users/me", "", ""},
	}
	for name, method := range methods {
		got = nil
		assert.Error(t, method(t.Context(), client))
		assert.Equal(t, []sent{want[name]}, got, name)
	}
	got = nil
	_, err := client.LogoutRedirect(t.Context(), true, "/a b?c&d")
	assert.Error(t, err)
	assert.Equal(t, []sent{{"POST", "/api/v3/logout?all=true&redirect=" + url.QueryEscape(server.URL+"/a%20b?c&d"), "", ""}}, got)
}

// JSON is UTF-8, whatever a caller or a server takes for it.
func TestBodiesAreUTF8(t *testing.T) {
	server := newServer(t)
	var got string
	answering(server, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		got = string(body)
		w.Header().Set("X-TRAQ-VERSION", "v3.28.4")
		w.WriteHeader(http.StatusUnauthorized)
		_, err = io.WriteString(w, "{\"message\":\"a\xffb\"}")
		assert.NoError(t, err)
	})
	err := newClient(t, server, nil).Login(t.Context(), "alice", "p\xe3\x81q")
	assert.Equal(t, `{"name":"alice","password":"p`+"\uFFFD"+`q"}`, got)
	assert.Equal(t, "a\uFFFDb", coreError(t, err).ServerMessage)
}

// What is sent for a password that is no UTF-8 is a secret as it is sent.
func TestPasswordsThatAreNoUTF8AreInNoError(t *testing.T) {
	server := newServer(t)
	answering(server, func(w http.ResponseWriter, r *http.Request) {
		var sent struct{ Password string }
		assert.NoError(t, json.NewDecoder(r.Body).Decode(&sent))
		w.WriteHeader(http.StatusInternalServerError)
		assert.NoError(t, json.NewEncoder(w).Encode(map[string]string{"message": "not " + sent.Password}))
	})
	err := newClient(t, server, nil).Login(t.Context(), "alice", "p\xe4ssword1234")
	require.ErrorIs(t, err, authcore.CodeServerError)
	assert.NotContains(t, err.Error(), "ssword1234")
}

// A header is as long as it is once it is UTF-8: cut before, it would be short
// enough to be quoted, with the beginning of the password.
func TestHeadersThatAreNoUTF8TellNoSecret(t *testing.T) {
	const password = "correct-horse-battery-staple-0123456789"
	server := newServer(t)
	for header, status := range map[string]int{"X-Request-Id": http.StatusInternalServerError, "Content-Type": http.StatusBadRequest} {
		for _, before := range []string{strings.Repeat("\xff", 1000), strings.Repeat("a\xff", 250), strings.Repeat("\u3042", 342)} {
			answering(server, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set(header, before+password)
				w.WriteHeader(status)
			})
			err := newClient(t, server, nil).Login(t.Context(), "alice", password)
			require.Error(t, err)
			assert.NotContains(t, err.Error(), "correct", header)
			assert.NotContains(t, coreError(t, err).RequestID, "correct", header)
			assert.True(t, utf8.ValidString(err.Error()), header)
		}
	}
}

func TestTransportsThatAnswerNothing(t *testing.T) {
	transport := roundTripper(func(*http.Request) (*http.Response, error) { return nil, nil })
	client := newClient(t, newServer(t), &authhttp.Options{HTTPClient: &http.Client{Transport: transport}})
	_, err := client.ListSessions(t.Context())
	assert.ErrorIs(t, err, authcore.CodeNetworkError)
}

func TestHeadersOfTheAnswer(t *testing.T) {
	server := newServer(t)
	answering(server, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Request-Id", "request-1")
		w.Header().Set("Retry-After", "2")
		w.Header().Set("Content-Type", "text/x-odd")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	_, err := newClient(t, server, nil).GetUser(t.Context())
	e := coreError(t, err)
	assert.Equal(t, "request-1", e.RequestID)
	assert.Equal(t, 2000, e.RetryAfter)

	// A gateway says so of itself, until it is traQ that says it.
	for version, code := range map[string]authcore.Code{"": authcore.CodeInvalidResponse, "v3.28.4": authcore.CodeInsufficientScope} {
		answering(server, func(w http.ResponseWriter, _ *http.Request) {
			if version != "" {
				w.Header().Set("X-TRAQ-VERSION", version)
			}
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `{"message":"no"}`)
		})
		_, err = newClient(t, server, nil).GetUser(t.Context())
		assert.Equal(t, code, coreError(t, err).Code, version)
	}

	answering(server, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/x-odd")
		w.WriteHeader(http.StatusTeapot)
	})
	_, err = newClient(t, server, nil).GetUser(t.Context())
	assert.ErrorContains(t, err, "text/x-odd")
}

// Wherever a redirect leads, nobody goes there: not even where the Location is
// no address, which net/http itself would stumble over.
func TestRedirectsAreNotFollowed(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, nil)
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, location := range []string{"/elsewhere", "//elsewhere.invalid/", "http://%zz/", "%", "javascript:alert(1)", ""} {
			var paths []string
			answering(server, func(w http.ResponseWriter, r *http.Request) {
				paths = append(paths, r.URL.Path)
				w.Header().Set("Location", location)
				w.WriteHeader(status)
			})
			for name, method := range methods {
				paths = nil
				err := method(t.Context(), client)
				assert.Len(t, paths, 1, "%s: %d %s", name, status, location)
				if name == authcore.OpLinkAccount && status == 302 {
					assert.NoError(t, err)
				} else if e := coreError(t, err); assert.Equal(t, authcore.CodeInvalidResponse, e.Code, "%s: %d %s", name, status, location) {
					assert.Equal(t, status, e.Status)
				}
			}
		}
	}
}

// endlessBody is one of spaces, which counts how many are read.
type endlessBody struct {
	read   int
	closed bool
}

func (b *endlessBody) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	b.read += len(p)
	return len(p), nil
}

func (b *endlessBody) Close() error {
	b.closed = true
	return nil
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestLargeBodies(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, nil)
	spaces := strings.Repeat(" ", authcore.MaxBody)
	body := "[]" + spaces[2:]
	answering(server, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
	_, err := client.ListSessions(t.Context())
	assert.NoError(t, err, "the largest body that is read")

	body += " "
	_, err = client.ListSessions(t.Context())
	e := coreError(t, err)
	assert.Equal(t, authcore.CodeInvalidResponse, e.Code)
	assert.Equal(t, 200, e.Status)
	assert.Contains(t, e.Message, "4 MiB")

	// Little on the way, much when it is unpacked.
	answering(server, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, spaces+" ")
		_ = z.Close()
	})
	_, err = client.ListSessions(t.Context())
	assert.ErrorContains(t, err, "4 MiB")

	endless := &endlessBody{}
	client = newClient(t, server, &authhttp.Options{HTTPClient: &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: endless}, nil
	})}})
	_, err = client.ListSessions(t.Context())
	assert.ErrorContains(t, err, "4 MiB")
	assert.LessOrEqual(t, endless.read, authcore.MaxBody+1, "it is read no further than that")
	assert.True(t, endless.closed)
}

// A connection that is kept serves the next call.
func TestConnectionsAreUsedAgain(t *testing.T) {
	server := newServer(t)
	addresses := map[string]bool{}
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		addresses[r.RemoteAddr] = true
		return false
	})
	client := newClient(t, server, &authhttp.Options{HTTPClient: &http.Client{Transport: &http.Transport{}}})
	require.NoError(t, client.Login(t.Context(), "alice", "password1234"))
	for range 5 {
		_, err := client.ListSessions(t.Context())
		require.NoError(t, err)
		require.Error(t, client.UnlinkAccount(t.Context(), "oidc"))
	}
	assert.Len(t, addresses, 1)
}
