package proxy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLocalCookie(t *testing.T) {
	for header, local := range map[string]string{
		"r_session=x; Path=/; Max-Age=2419200; HttpOnly; SameSite=Lax": "r_session=x; Path=/; Max-Age=2419200; HttpOnly; SameSite=Lax",
		"r_session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0": "r_session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0",
		"a=b; Path=/api; Domain=traq.example; Secure; HttpOnly":        "a=b; Path=/api; HttpOnly",
		"a=b;secure;DOMAIN = .traq.example;path=/":                     "a=b;path=/",
		"a=b; Secure; SameSite=None":                                   "a=b; SameSite=Lax",
		"a=b; samesite = none ; Partitioned; Secure; Path=/":           "a=b; SameSite=Lax; Path=/",
		"a=b; SameSite=Strict; Secure":                                 "a=b; SameSite=Strict",
		`secure="domain=x, =y"; Priority=High; Secure`:                 `secure="domain=x, =y"; Priority=High`,
		"Domain=x":                   "Domain=x",
		"a=b":                        "a=b",
		"":                           "",
		"__Host-a=b; Path=/; Secure": "__Host-a=b; Path=/; Secure",
		"__secure-a=b; Domain=x.example; Secure; SameSite=None; Partitioned": "__secure-a=b; Secure; SameSite=None; Partitioned",
	} {
		assert.Equal(t, local, localCookie(header), header)
	}
}
