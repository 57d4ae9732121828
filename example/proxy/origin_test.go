package proxy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/traq-auth/traq-auth/example/proxy"
)

func TestOrigin(t *testing.T) {
	for address, origin := range map[string]string{
		"https://traq.example":          "https://traq.example",
		"https://traq.example/":         "https://traq.example",
		"HTTPS://traQ.Example:443/":     "https://traq.example",
		"https://traq.example:":         "https://traq.example",
		"https://traq.example:80":       "https://traq.example:80",
		"http://traq.example:80":        "http://traq.example",
		"http://localhost:3000":         "http://localhost:3000",
		"http://[::1]:3000/":            "http://[::1]:3000",
		"http://[2001:db8::80]":         "http://[2001:db8::80]",
		"https://xn--r8jz45g.example:8": "https://xn--r8jz45g.example:8",
	} {
		u, err := proxy.Origin(address)
		if assert.NoError(t, err, address) {
			assert.Equal(t, origin, u.String(), address)
		}
	}
}

func TestOriginRefuses(t *testing.T) {
	const noAddress, tooMuch, credentials = "is not the address of a server", "is more than the origin", "without a name and a password"
	for address, reason := range map[string]string{
		"":                              noAddress,
		"traq.example":                  noAddress,
		"localhost:3000":                noAddress,
		"//traq.example":                noAddress,
		"ftp://traq.example":            noAddress,
		"https:":                        noAddress,
		"https://":                      noAddress,
		"https://:443":                  noAddress,
		"https:/traq.example":           noAddress,
		"https://traq.example:port":     noAddress,
		" https://traq.example":         noAddress,
		"https://traq .example":         noAddress,
		"https://traq.example/api/v3":   tooMuch,
		"https://traq.example//":        tooMuch,
		"https://traq.example?":         tooMuch,
		"https://traq.example/?x=1":     tooMuch,
		"https://traq.example/#x":       tooMuch,
		"https://alice@traq.example":    credentials,
		"https://alice:x1y@traq.exampl": credentials,
	} {
		_, err := proxy.Origin(address)
		assert.ErrorContains(t, err, reason, address)
	}
	_, err := proxy.Origin("https://q.trap.jp/api/v3")
	assert.ErrorContains(t, err, "give https://q.trap.jp alone")
	_, err = proxy.Origin("https://alice:secret@traq.example/")
	assert.NotContains(t, err.Error(), "secret")
}
