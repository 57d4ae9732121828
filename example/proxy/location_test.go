package proxy

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLocalLocation(t *testing.T) {
	server, err := Origin("https://traq.example")
	require.NoError(t, err)
	page, err := url.Parse("http://127.0.0.1:8080/api/v3/login")
	require.NoError(t, err)
	for header, local := range map[string]string{
		"/api/auth/oidc?link=1":                    "/api/auth/oidc?link=1",
		"https://traq.example":                     "/",
		"https://traq.example/":                    "/",
		"https://traq.example/a%2Fb%20c?q=1;2&r#f": "/a%2Fb%20c?q=1;2&r#f",
		"https://traq.example?q":                   "/?q",
		"https://traq.example#f":                   "/#f",
		"HTTPS://TRAQ.example:443/x":               "/x",
		"//traq.example/x":                         "/x",
		// What names a host only once the server's is gone.
		"https://traq.example//evil.example/":   "/.//evil.example/",
		`https://traq.example/\evil.example/`:   "/%5Cevil.example/",
		"https://traq.example/.//evil.example/": "/.//evil.example/",
		// What is not the server's.
		"http://traq.example/x":                  "http://traq.example/x",
		"https://traq.example:8443/x":            "https://traq.example:8443/x",
		"https://traq.example.evil.example/":     "https://traq.example.evil.example/",
		"https://traq.example@evil.example/":     "https://traq.example@evil.example/",
		"https://provider.example/authorize?x=1": "https://provider.example/authorize?x=1",
		"//provider.example/x":                   "//provider.example/x",
		"http://127.0.0.1:8080/done":             "http://127.0.0.1:8080/done",
		"javascript:alert(1)":                    "javascript:alert(1)",
		"../x?https://traq.example/":             "../x?https://traq.example/",
		"https://traq.example:x/":                "https://traq.example:x/",
		"":                                       "",
	} {
		got := localLocation(header, server)
		assert.Equal(t, local, got, header)
		if got != header {
			led, err := page.Parse(got)
			require.NoError(t, err)
			assert.Equal(t, page.Host, led.Host, header)
		}
	}
}
