package proxy

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Origin reads the address of a server: a scheme and a host, without the port
// where it is the scheme's usual one.
func Origin(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err == nil && u.User != nil:
		return nil, errors.New("the server's address must be without a name and a password; sign in on the page") // shows neither
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, fmt.Errorf("%q is not the address of a server; give one such as https://traq.example", address)
	case strings.TrimSuffix(u.Path, "/") != "", u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return nil, fmt.Errorf("%q is more than the origin; give %s alone, the page adds /api/ itself", address, originOf(u))
	}
	return originOf(u), nil
}

// originOf gives equal values for equal origins.
func originOf(u *url.URL) *url.URL {
	host := strings.TrimSuffix(strings.ToLower(u.Host), ":")
	usual := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	return &url.URL{Scheme: u.Scheme, Host: strings.TrimSuffix(host, usual)}
}
