package proxy_test

import (
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/example/proxy"
)

// page is the proxy at an address of its own, with a browser on it.
type page struct {
	*testing.T
	url     string
	proxy   proxy.Proxy
	browser *http.Client
	log     *strings.Builder // to be read after close
	close   func()
}

// open opens the page of a server.
func open(t *testing.T, server string) page {
	origin, err := proxy.Origin(server)
	require.NoError(t, err)
	handler := proxy.New(origin)
	logged := &strings.Builder{}
	handler.ErrorLog = log.New(logged, "", 0)
	front := httptest.NewServer(handler)
	t.Cleanup(front.Close)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	browser := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return page{t, front.URL, handler, browser, logged, front.Close}
}

// send sends a request, with headers given as name, value, name, value …
func (p page) send(method, path, body string, headers ...string) (*http.Response, string) {
	request, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
	require.NoError(p, err)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := p.browser.Do(request)
	require.NoError(p, err)
	answer, err := io.ReadAll(response.Body)
	require.NoError(p, err)
	require.NoError(p, response.Body.Close())
	return response, string(answer)
}

const alice = `{"name":"alice","password":"password1234"}`

func (p page) login() {
	response, body := p.send("POST", "/api/v3/login", alice)
	require.Equal(p, http.StatusNoContent, response.StatusCode, body)
}

func TestSessionThroughTheProxy(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	p := open(t, server.URL)

	response, body := p.send("GET", "/api/v3/users/me/sessions", "")
	assert.Equal(t, http.StatusUnauthorized, response.StatusCode)
	assert.Equal(t, "{\"message\":\"You are not logged in\"}\n", body, "an error of the server's passes as it is")

	p.login()
	response, body = p.send("GET", "/api/v3/users/me/sessions", "")
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assert.Contains(t, body, `"issuedAt"`)
	assert.NotEmpty(t, response.Header.Get("X-Request-Id"))

	response, _ = p.send("POST", "/api/v3/logout", "")
	assert.Equal(t, http.StatusNoContent, response.StatusCode)
	assert.Equal(t, "r_session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0", response.Header.Get("Set-Cookie"), "still without a Path")
	response, _ = p.send("GET", "/api/v3/users/me/sessions", "")
	assert.Equal(t, http.StatusUnauthorized, response.StatusCode)
}

func TestStaleCookieIsReplaced(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	p := open(t, server.URL)
	response, _ := p.send("POST", "/api/v3/login", alice, "Cookie", "r_session=stale")
	cookies := response.Header["Set-Cookie"]
	require.Len(t, cookies, 2, "one that clears and one that sets, in this order")
	assert.True(t, strings.HasPrefix(cookies[0], "r_session=; "), cookies[0])
	assert.True(t, strings.HasPrefix(cookies[1], "r_session="), cookies[1])
	assert.Contains(t, cookies[1], "; Path=/; ")
}

func TestRedirects(t *testing.T) {
	server := authtest.NewUnstartedServer()
	server.ProviderURL = "https://provider.example"
	server.Start()
	defer server.Close()
	p := open(t, server.URL)
	location := func(method, path, body string) string {
		response, answer := p.send(method, path, body)
		require.Equal(t, http.StatusFound, response.StatusCode, answer)
		return response.Header.Get("Location")
	}
	for target, local := range map[string]string{
		"/done":                 "/done",
		p.url + "/done":         p.url + "/done",
		server.URL + "/a?b=1#c": "/a?b=1#c",
		"https://else.example/": "https://else.example/",
	} {
		assert.Equal(t, local, location("POST", "/api/v3/logout?redirect="+url.QueryEscape(target), ""))
		assert.Equal(t, local, location("POST", "/api/v3/login?redirect="+url.QueryEscape(target), alice))
	}
	link := location("POST", "/api/v3/users/me/ex-accounts/link", `{"providerName":"oidc"}`)
	assert.Equal(t, "/api/auth/oidc?link=1", link)
	provider, err := url.Parse(location("GET", link, ""))
	require.NoError(t, err)
	assert.Equal(t, "provider.example", provider.Host)
	assert.Equal(t, server.URL+"/api/auth/oidc/callback", provider.Query().Get("redirect_uri"), "the server's own: it does not know of the page")
}

func TestSecureServer(t *testing.T) {
	secure := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Set-Cookie", "r_session=x; Path=/; Domain=traq.example; HttpOnly; Secure; SameSite=None")
		w.Header().Add("Set-Cookie", "other=y; Path=/; Secure")
		w.Header().Set("Location", "https://"+r.Host+"/done")
		w.WriteHeader(http.StatusFound)
	}
	server := httptest.NewTLSServer(http.HandlerFunc(secure))
	defer server.Close()
	p := open(t, server.URL)
	p.proxy.Transport.(*http.Transport).TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
	response, body := p.send("POST", "/api/v3/login", alice)
	require.Equal(t, http.StatusFound, response.StatusCode, body)
	assert.Equal(t, []string{"r_session=x; Path=/; HttpOnly; SameSite=Lax", "other=y; Path=/"}, response.Header["Set-Cookie"])
	assert.Equal(t, "/done", response.Header.Get("Location"))
	at, err := url.Parse(p.url)
	require.NoError(t, err)
	assert.Len(t, p.browser.Jar.Cookies(at), 2, "kept by the page's origin, which is without TLS")
}
