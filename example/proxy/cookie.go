package proxy

import (
	"slices"
	"strings"
)

// localCookie is a Set-Cookie header that a browser keeps for the page's origin,
// whose host is another and which may be without TLS. Everything else about the
// cookie stays, and so does a Path that is missing.
func localCookie(header string) string {
	parts := strings.Split(header, ";")
	secure := needsSecure(parts[0])
	kept := slices.DeleteFunc(parts[1:], func(attribute string) bool {
		switch name, _ := split(attribute); name {
		case "domain":
			return true
		case "secure", "partitioned": // the second is refused without the first
			return !secure
		}
		return false
	})
	for i, attribute := range kept {
		if name, value := split(attribute); name == "samesite" && value == "none" && !secure {
			kept[i] = " SameSite=Lax" // None is refused without Secure
		}
	}
	return strings.Join(parts[:1+len(kept)], ";")
}

// needsSecure tells whether a cookie's name makes browsers refuse it without
// Secure. With it, Chromium keeps it for http://127.0.0.1 and http://localhost
// too; a browser that does not loses it either way.
func needsSecure(pair string) bool {
	name, _ := split(pair)
	return strings.HasPrefix(name, "__host-") || strings.HasPrefix(name, "__secure-")
}

func split(pair string) (name, value string) {
	name, value, _ = strings.Cut(strings.ToLower(pair), "=")
	return strings.TrimSpace(name), strings.TrimSpace(value)
}
