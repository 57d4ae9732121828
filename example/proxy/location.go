package proxy

import (
	"net/url"
	"strings"
)

// localLocation is a Location header that leads to the page's origin where it
// led to the server's; what leads elsewhere stays. It names no host, so that it
// is right at every address of the page.
func localLocation(header string, server *url.URL) string {
	u, err := url.Parse(header)
	if err != nil || u.Host == "" {
		return header // relative, or nothing that we know
	}
	if u.Scheme == "" {
		u.Scheme = server.Scheme
	}
	if *originOf(u) != *server {
		return header
	}
	u.Scheme, u.User, u.Host = "", nil, ""
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/"
	}
	local := u.String()
	if strings.HasPrefix(local, "//") {
		return "/." + local // the same path; without the dot it would name a host
	}
	return local
}
