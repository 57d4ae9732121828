package authhttp_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
)

// A target is read as a browser reads a Location.
func TestRedirectTargets(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, &authhttp.Options{
		AllowedRedirectOrigins: []string{"https://App.example:443", "http://[::1]:8080/"},
	})
	allowed := map[string]string{
		"/foo?a=b#c":                  server.URL + "/foo?a=b#c",
		"/":                           server.URL + "/",
		"foo":                         server.URL + "/api/v3/foo",
		"../foo":                      server.URL + "/api/foo",
		"?x=1":                        server.URL + "/api/v3/logout?x=1",
		"#x":                          server.URL + "/api/v3/logout#x",
		"foo bar/あ":                   server.URL + "/api/v3/foo%20bar/%E3%81%82",
		"/a%2Fb c":                    server.URL + "/a%2Fb%20c",
		"/x?q=a b&r=あ<\"":             server.URL + "/x?q=a%20b&r=%E3%81%82%3C%22",
		"/.//evil.example":            server.URL + "//evil.example",
		"https://app.example":         "https://app.example/",
		"HTTPS://APP.example:443/x":   "https://app.example/x",
		"https://app.example?next=/x": "https://app.example/?next=/x",
		"http://[::1]:8080/x":         "http://[::1]:8080/x",
	}
	for target, want := range allowed {
		to, err := client.LogoutRedirect(t.Context(), false, target)
		assert.NoError(t, err, target)
		assert.Equal(t, want, to, target)
	}
	var sent []string
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		sent = append(sent, r.URL.Query().Get("redirect"))
		return false
	})
	for target, want := range allowed {
		sent = nil
		_, err := client.LogoutRedirect(t.Context(), false, target)
		assert.NoError(t, err, target)
		assert.Equal(t, []string{want, ""}, sent, "what is sent is the address that was judged, and then it is confirmed")
	}
	before := server.Requests()
	for _, target := range []string{
		"//evil.example", `/\evil.example`, `\\evil.example`, "https:evil.example", "https:/evil.example", "https:///evil.example", "https://evil.example",
		"http://app.example/", "https://app.example:8443/", "https://app.example.evil.example/", "https://app.example@evil.example/",
		"https://@app.example/", "https://user:pw@app.example/", "https://app.example%2eevil.example/", "https://あ.example/",
		"javascript:alert(1)", "data:text/html,x", "mailto:x@app.example", "/a\r\nX: 1", "\t/x", " /x", "/x ", "/%zz", "http://[::1%25en0]:8080/", ":",
	} {
		_, err := client.LogoutRedirect(t.Context(), false, target)
		require.Error(t, err, target)
		assert.Equal(t, authcore.CodeUnsafeRedirect, coreError(t, err).Code, target)
		_, err = client.LoginRedirect(t.Context(), "alice", "password1234", target)
		require.Error(t, err, target)
		assert.Equal(t, authcore.CodeUnsafeRedirect, coreError(t, err).Code, target)
	}
	assert.Equal(t, before, server.Requests(), "nothing is sent")
}
