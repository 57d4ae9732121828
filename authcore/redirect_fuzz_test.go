package authcore

import (
	"maps"
	neturl "net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// redirectBases are the addresses of APIs, each with its origin.
var redirectBases = []struct{ base, origin string }{
	{"https://q.example/api/v3", "https://q.example"},
	{"http://127.0.0.1:3000/api/v3", "http://127.0.0.1:3000"},
	{"http://[::1]/v3", "http://[::1]"},
}

var redirectAllowed = []string{"https://app.example", "http://localhost:5173"}

// FuzzRedirect holds the judgement of any target against a URL parser of the
// WHATWG's URL Standard, as browsers have one.
func FuzzRedirect(f *testing.F) {
	for base := range redirectBases {
		for _, target := range slices.Sorted(maps.Keys(unsafeRedirects)) {
			f.Add(byte(base), target)
		}
		for _, target := range []string{
			"/", "foo bar/あ?b#c", "/..//evil.example", "HTTPS://Q.example:443/x", "https://app.example/a@b", "http://LOCALHOST:5173", "?", "#",
			"https://q。example", "http://127.1:3000/", "http://[0:0::1]:80/", "https:", "https:/", "https:/q.example", "http:x", "https://q.ex\u00adample/",
			"https://@q.example", "https://:@q.example", "https://%71.example/", "/\xff", "/\xc2", "\u00a0/x", "/\u2028", "///evil.example", "/.//evil.example",
			"https://q.example?@evil.example", "https://q.example#@evil.example", "http://q.example:80", "https://app.example:", "ws://q.example", "file:///x",
		} {
			f.Add(byte(base), target)
		}
	}
	f.Fuzz(func(t *testing.T, base byte, target string) {
		if target == "" {
			return // nowhere
		}
		b := redirectBases[int(base)%len(redirectBases)]
		api := API{BaseURL: b.base, AllowedRedirectOrigins: redirectAllowed}
		origins := append([]string{b.origin}, redirectAllowed...)
		parsed, err := whatwg.ParseRef(b.base+"/login", target)
		url := ""
		if err != nil {
			parsed = nil
		} else {
			url = parsed.Href(false)
			origin, credentials := originOf(url)
			if !credentials {
				assert.Equal(t, originBy(parsed), origin, "%q", url)
			}
			if origin != "" {
				assert.Equal(t, parsed.Username()+parsed.Password() != "", credentials, "%q", url)
			}
		}

		op, refusal := api.Login("alice", "pw", Redirect{target, url})
		if refusal == nil {
			checkAccepted(t, origins, target, parsed)
			// Where a browser leads to that reads it in the Location that the
			// server, a Go program, makes of the query's value.
			sent, err := neturl.Parse(op.Request.URL)
			require.Nil(t, err)
			header := sent.Query().Get("redirect")
			assert.False(t, strings.ContainsFunc(header, func(c rune) bool { return c <= ' ' || c > '~' }), "%q is not read alike by all browsers", header)
			location, err := whatwg.ParseRef(op.Request.URL, header)
			require.Nil(t, err)
			assert.Equal(t, parsed.Href(false), location.Href(false), "%q in a Location", target)
		} else {
			checkRefused(t, origins, target, parsed, refusal)
		}

		// A Go program has net/url instead, which reads much in another way.
		// What is accepted by its reading must be safe in a browser too.
		if at, err := neturl.Parse(b.base + "/login"); err == nil {
			if to, err := at.Parse(target); err == nil && api.checkRedirect(OpLogin, Redirect{target, to.String()}) == nil {
				require.NotNil(t, parsed, "%q is no URL in a browser, and is accepted", target)
				checkAccepted(t, origins, target, parsed)
			}
		}
	})
}

// originBy is the origin that the parser's parts make up, "" where it is not
// that of a web page.
func originBy(u *whatwg.Url) string {
	if u.Scheme() != "http" && u.Scheme() != "https" {
		return ""
	}
	return u.Protocol() + "//" + u.Host()
}

func checkAccepted(t *testing.T, origins []string, target string, parsed *whatwg.Url) {
	t.Helper()
	assert.Contains(t, origins, originBy(parsed), "%q leads there, and is accepted", target)
	assert.Empty(t, parsed.Username()+parsed.Password(), "%q", target)
	for _, text := range []string{target, parsed.Href(false)} {
		assert.False(t, strings.ContainsFunc(text, unicode.IsControl), "%q", text)
		assert.NotContains(t, text, `\`)
	}
	assert.False(t, strings.HasPrefix(target, "//"), "%q", target)
	assert.Equal(t, strings.Trim(target, " "), target)
}

func checkRefused(t *testing.T, origins []string, target string, parsed *whatwg.Url, e *Error) {
	t.Helper()
	assert.Equal(t, CodeUnsafeRedirect, e.Code)
	reasons := map[string]bool{
		"control character":                 strings.ContainsFunc(target, unicode.IsControl) || !utf8.ValidString(target),
		"backslash":                         strings.Contains(target, `\`),
		"space":                             strings.Trim(target, " ") != target,
		"begins with //":                    strings.HasPrefix(target, "//"),
		"no http or https address":          parsed == nil || originBy(parsed) == "",
		"user name or a password":           parsed != nil && parsed.Username()+parsed.Password() != "",
		"not one of allowedRedirectOrigins": parsed != nil && !slices.Contains(origins, originBy(parsed)),
	}
	for words, is := range reasons {
		if strings.Contains(e.Message, words) {
			assert.True(t, is, "%q is refused in vain: %s", target, e.Message)
			return
		}
	}
	t.Fatalf("%q is refused for no known reason: %s", target, e.Message)
}
