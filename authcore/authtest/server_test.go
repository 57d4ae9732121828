package authtest_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

func browser(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &http.Client{Jar: jar}
}

func login(t *testing.T, c *http.Client, server *authtest.Server, name string) {
	response, err := c.Post(server.URL+"/api/v3/login", "application/json", strings.NewReader(`{"name":"`+name+`","password":"password1234"}`))
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusNoContent, response.StatusCode)
}

// get gives the status and the body, and where it ended up.
func get(t *testing.T, c *http.Client, address string) (int, string, *url.URL) {
	response, err := c.Get(address)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(body), response.Request.URL
}

func TestProviderPage(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	c := browser(t)
	login(t, c, server, "alice")

	status, page, at := get(t, c, server.URL+"/api/auth/oidc?link=1")
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, page, ">Approve</button>")
	assert.Contains(t, page, ">Deny</button>")

	denied := *at
	denied.RawQuery += "&decision=deny"
	status, body, _ := get(t, c, denied.String())
	assert.Equal(t, http.StatusBadRequest, status)
	assert.Equal(t, "{\"message\":\"missing code or state\"}\n", body)

	approved := *at
	approved.RawQuery += "&decision=approve&account=al%26ice"
	status, _, at = get(t, c, approved.String())
	assert.Equal(t, http.StatusNotFound, status, "traQ lands on /, where it has no page itself")
	assert.Equal(t, "/", at.Path)
	_, body, _ = get(t, c, server.URL+"/api/v3/users/me/ex-accounts")
	assert.Contains(t, body, `"externalName":"al&ice"`)

	status, _, _ = get(t, c, server.URL+"/_provider/authorize?state=x&redirect_uri=https://evil.example/")
	assert.Equal(t, http.StatusBadRequest, status, "it leads back to traQ only")
}

func TestRateLimit(t *testing.T) {
	server := authtest.NewUnstartedServer()
	now := time.Unix(1_800_000_000, 0)
	server.Now = func() time.Time { return now }
	server.Start()
	defer server.Close()
	c := browser(t)
	login(t, c, server, "alice")
	me := func() *http.Response {
		response, err := c.Get(server.URL + "/api/v3/users/me")
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		return response
	}
	assert.Equal(t, "999", me().Header.Get("X-Ratelimit-Remaining"))
	for range 999 {
		require.Equal(t, http.StatusOK, me().StatusCode)
	}
	limited := me()
	assert.Equal(t, http.StatusTooManyRequests, limited.StatusCode)
	assert.Equal(t, "1", limited.Header.Get("Retry-After"))
	now = now.Add(time.Second)
	assert.Equal(t, "99", me().Header.Get("X-Ratelimit-Remaining"))
	now = now.Add(time.Hour)
	assert.Equal(t, "999", me().Header.Get("X-Ratelimit-Remaining"))
}

func TestIntercept(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/api/v3/version" {
			http.Error(w, "no", http.StatusServiceUnavailable)
			return true
		}
		return false
	})
	status, _, _ := get(t, browser(t), server.URL+"/api/v3/version")
	assert.Equal(t, http.StatusServiceUnavailable, status)
	server.Intercept(nil)
	status, _, _ = get(t, browser(t), server.URL+"/api/v3/version")
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, 2, server.Count("GET", "/api/v3/version"))
	assert.Zero(t, server.Count("POST", "/api/v3/version"))
}

func TestConcurrentUse(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			c := browser(t)
			for range 20 {
				login(t, c, server, "alice")
				get(t, c, server.URL+"/api/v3/users/me/sessions")
				response, err := c.Post(server.URL+"/api/v3/logout", "", nil)
				if assert.NoError(t, err) {
					assert.NoError(t, response.Body.Close())
				}
			}
		})
	}
	all.Wait()
	assert.Equal(t, 160, server.Count("POST", "/api/v3/logout"))
}
