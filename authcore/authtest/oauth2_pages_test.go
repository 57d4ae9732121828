package authtest_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// show gives a page of the server's, as a browser of this language gets it.
func show(t *testing.T, c *http.Client, request *http.Request, language string) (*http.Response, string) {
	request.Header.Set("Accept-Language", language)
	response, err := c.Do(request)
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response, string(body)
}

func getPage(t *testing.T, c *http.Client, address, language string) (*http.Response, string) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	require.NoError(t, err)
	return show(t, c, request, language)
}

// signIn sends the form of a page.
func signIn(t *testing.T, c *http.Client, address, name, password string, headers map[string]string) (*http.Response, string) {
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(url.Values{"name": {name}, "password": {password}}.Encode()))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	return show(t, c, request, "en")
}

func stranger(t *testing.T) *http.Client {
	c := browser(t)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// assertStrict looks at what a browser is told to hold the page to.
func assertStrict(t *testing.T, response *http.Response, body, targets string) {
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(body)
	require.NotNil(t, style)
	sum := sha256.Sum256([]byte(style[1]))
	assert.Equal(t, "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; img-src data:; base-uri 'none'; form-action "+targets+
		"; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'", response.Header.Get("Content-Security-Policy"))
	assert.Equal(t, "no-store", response.Header.Get("Cache-Control"))
	assert.Equal(t, "same-origin", response.Header.Get("Referrer-Policy"))
	assert.Empty(t, response.Header.Get("Access-Control-Allow-Origin"))
	assert.NotContains(t, body, "<script")
}

func TestLoginOnTheWay(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Name: "Notes"})
	someone := stranger(t)
	page := a.authorize(t, someone, url.Values{"state": {"a b&c"}})
	require.Equal(t, "/login", page.Path)
	response, body := getPage(t, someone, page.String(), "en")
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assertStrict(t, response, body, "'self'")

	response, body = signIn(t, someone, page.String(), "alice", "wrong", nil)
	assert.Equal(t, http.StatusUnauthorized, response.StatusCode)
	assert.Contains(t, body, `role="alert">The name or the password is wrong.<`)
	assert.Contains(t, body, `value="alice"`)
	assert.NotContains(t, body, `value="wrong"`)

	someone.CheckRedirect = nil
	response, body = signIn(t, someone, page.String(), "alice", "password1234", nil)
	assert.Equal(t, "/consent", response.Request.URL.Path)
	assert.Equal(t, "a b&c", response.Request.URL.Query().Get("state"))
	assert.Contains(t, body, "<bdi>Notes</bdi> asks for access")
	assertStrict(t, response, body, "'self' https://app.example")

	response, body = getPage(t, someone, page.String(), "en")
	assert.Equal(t, "/consent", response.Request.URL.Path, "who is logged in needs no page for it")
	assert.Contains(t, body, ">Allow</button>")
}

func TestLoginLeadsToItsOwnOriginOnly(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	for target, lands := range map[string]string{
		"/": "/", "/a/b?c=d%26e#f": "/a/b?c=d%26e#f", "/%2F/x": "/%2F/x", "/日本": "/%E6%97%A5%E6%9C%AC", "/?next=https://evil.example": "/?next=https://evil.example",
		"": "/", "a": "/", "?a": "/", "https://evil.example/": "/", "//evil.example": "/", "///evil.example": "/", "////evil.example": "/",
		"/\\evil.example": "/%5Cevil.example", "\\\\evil.example": "/", "/\t/evil.example": "/", "\t//evil.example": "/", " //evil.example": "/",
		"javascript:alert(1)": "/", "/\r\nSet-Cookie: a=b": "/", "https:/evil.example": "/", "https:evil.example": "/", "/%zz": "/",
	} {
		someone := stranger(t)
		address := server.URL + "/login?" + url.Values{"redirect": {target}}.Encode()
		for _, how := range []string{"logging in", "logged in"} {
			response, _ := signIn(t, someone, address, "bob", "password1234", nil)
			assert.Equal(t, http.StatusFound, response.StatusCode, "%q, %s", target, how)
			assert.Equal(t, lands, response.Header.Get("Location"), "%q, %s", target, how)
		}
	}
}

func TestNobodyIsLoggedInFromElsewhere(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	for _, headers := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
	} {
		response, body := signIn(t, stranger(t), server.URL+"/login", "alice", "password1234", headers)
		assert.Equal(t, http.StatusForbidden, response.StatusCode)
		assert.Empty(t, response.Cookies())
		assertStrict(t, response, body, "'none'")
	}
	for _, headers := range []map[string]string{{"Sec-Fetch-Site": "same-origin"}, {"Origin": server.URL}} {
		response, _ := signIn(t, stranger(t), server.URL+"/login", "alice", "password1234", headers)
		assert.Equal(t, http.StatusFound, response.StatusCode)
	}
}

func TestLoginPageRefusesWhomTheAPIRefuses(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	for name, status := range map[string]int{"nobody": 401, "nopass": 401, "BOT_alicebot": 401, "suspended": 403, "deactivated": 403, "": 401, `"><b>`: 401} {
		response, body := signIn(t, stranger(t), server.URL+"/login", name, "password1234", nil)
		assert.Equal(t, status, response.StatusCode, name)
		assert.Empty(t, response.Cookies())
		assert.Contains(t, body, `role="alert"`)
		assert.NotContains(t, body, "<b>")
	}
}

func TestConsentShowsWhatIsDecidedOn(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Name: "Mine", Scopes: []string{"read", "write"}})
	consent := a.authorize(t, a.user, url.Values{"scope": {"read"}})
	_, body := getPage(t, a.user, strings.Replace(consent.String(), "scopes=read", "scopes=profile", 1), "en")
	assert.Contains(t, body, "read channels, messages and your profile <code>(read)</code>")
	assert.NotContains(t, body, "see your profile", "the address says so, but it is not what was asked for")

	other := a.server.RegisterClient(authtest.OAuth2Client{Name: "Theirs", RedirectURI: "https://other.example/"})
	a.authorize(t, a.user, url.Values{"client_id": {other.ID}})
	response, body := getPage(t, a.user, consent.String(), "en")
	assert.Equal(t, http.StatusBadRequest, response.StatusCode, "of two tabs the last one's waits")
	assert.NotContains(t, body, "approve")
	assertStrict(t, response, body, "'none'")

	fresh := browser(t)
	login(t, fresh, a.server, "bob")
	response, _ = getPage(t, fresh, consent.String(), "en")
	assert.Equal(t, http.StatusBadRequest, response.StatusCode, "nothing waits")
	response, _ = getPage(t, stranger(t), consent.String(), "en")
	location, err := response.Location()
	require.NoError(t, err)
	assert.Equal(t, []string{"/login", consent.RequestURI()}, []string{location.Path, location.Query().Get("redirect")})
}

func TestConsentWaitsForFiveMinutes(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	consent := a.authorize(t, a.user, nil).String()
	for after, status := range map[time.Duration]int{5 * time.Minute: http.StatusOK, 5*time.Minute + 1: http.StatusBadRequest} {
		a.now = time.Unix(1_800_000_000, 0).Add(after)
		response, _ := getPage(t, a.user, consent, "en")
		assert.Equal(t, status, response.StatusCode, after)
	}
}

func TestSuspendedUserIsShownTheLoginPage(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	a.server.SetState("alice", authtest.Suspended)
	response, _ := getPage(t, a.user, a.server.URL+"/login", "en")
	assert.Equal(t, http.StatusOK, response.StatusCode)
	response, body := signIn(t, a.user, a.server.URL+"/login", "alice", "password1234", nil)
	assert.Equal(t, http.StatusForbidden, response.StatusCode)
	assert.Contains(t, body, "This account is suspended.")
}

func TestConsentEscapes(t *testing.T) {
	const markup = `</bdi><script>alert("1")</script>&amp;`
	a := newApp(t, authtest.OAuth2Client{Name: markup, Description: markup})
	response, body := getPage(t, a.user, a.authorize(t, a.user, nil).String(), "en")
	assertStrict(t, response, body, "'self' https://app.example")
	assert.Equal(t, 2, strings.Count(body, "&lt;/bdi&gt;&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;amp;"))
}

// A browser holds a form's redirect to the policy too.
func TestPolicyNamesTheClient(t *testing.T) {
	for uri, named := range map[string]string{
		"http://localhost:8081/callback": "http://localhost:8081", "https://app.example:8443": "https://app.example:8443",
		"http://[::1]:8080/": "http:", "https://a;script-src.example/": "https:", "app.example:/back": "app.example:", "app://host/back": "app:",
	} {
		a := newApp(t, authtest.OAuth2Client{RedirectURI: uri})
		response, body := getPage(t, a.user, a.authorize(t, a.user, nil).String(), "en")
		assertStrict(t, response, body, "'self' "+named)
	}
}

func TestPagesLanguage(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	a.authorize(t, a.user, nil)
	for accept, language := range map[string]string{
		"": "en", "ja": "ja", "ja-JP,ja;q=0.9,en;q=0.8": "ja", "en-US,en;q=0.9,ja;q=0.8": "en", "en;q=0.1, ja": "ja", "fr, ja;q=0.5": "ja", "de": "en",
		"ja;q=0": "en", "*": "en", "JA": "ja", "ja;q=x": "en",
	} {
		response, login := getPage(t, stranger(t), a.server.URL+"/login", accept)
		_, consent := getPage(t, a.user, a.server.URL+"/consent?client_id="+a.client.ID, accept)
		allow := map[string]string{"en": ">Allow</button>", "ja": ">許可する</button>"}
		for _, body := range []string{login, consent} {
			assert.Contains(t, body, `<html lang="`+language+`">`, accept)
		}
		assert.Contains(t, consent, allow[language], accept)
		assert.Contains(t, response.Header.Get("Vary"), "Accept-Language")
	}
}

func TestPagesAreAccessible(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{})
	consent := a.authorize(t, a.user, nil).String()
	for _, language := range []string{"en", "ja"} {
		_, login := getPage(t, stranger(t), a.server.URL+"/login", language)
		_, asks := getPage(t, a.user, consent, language)
		for _, body := range []string{login, asks} {
			assert.Regexp(t, `<title>[^<]+ – traQ</title>`, body)
			assert.Equal(t, 1, strings.Count(body, "<h1>"))
			assert.Contains(t, body, "<main>")
			assert.NotContains(t, body, "no value", "every text is there")
			assert.NotRegexp(t, `tabindex|outline: ?(none|0)`, body)
		}
		assert.Equal(t, strings.Count(login, "<input"), strings.Count(login, "<label>"))
	}
}

// The provider's page keeps what it was asked, and the login page the name: as text.
func TestOtherPagesEscape(t *testing.T) {
	const markup = `"><script>alert("1")</script>`
	const escaped = `value="&#34;&gt;&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;"`
	a := newApp(t, authtest.OAuth2Client{})
	query := url.Values{"redirect_uri": {"http://x.example/api/auth/oidc/callback"}, "state": {"s"}, "more": {markup}}
	_, body := getPage(t, a.user, a.server.URL+"/_provider/authorize?"+query.Encode(), "en")
	assert.Contains(t, body, escaped)
	assert.NotContains(t, body, "<script>")
	_, body = signIn(t, stranger(t), a.server.URL+"/login", markup, "wrong", nil)
	assert.Contains(t, body, escaped)
	assert.NotContains(t, body, "<script>")
}
