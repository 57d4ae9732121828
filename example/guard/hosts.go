// Package guard keeps from the example's server what no browser on its pages
// sends: requests to another host, of an unusual method, and with a path that
// another server may read as another path.
package guard

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Own are the hosts, as a Host header names them, of a server that listens on a
// port of the loopback interface, and those that are added in a text, with
// commas between. Of these, one without a port is allowed with the server's port, too.
func Own(port int, added string) ([]string, error) {
	var hosts []string
	add := func(host string) {
		hosts = append(hosts, fmt.Sprintf("%s:%d", host, port))
		if port == 80 {
			hosts = append(hosts, host) // browsers leave the usual port out
		}
	}
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]"} {
		add(host)
	}
	for host := range strings.SplitSeq(added, ",") {
		host = strings.ToLower(strings.TrimSpace(host))
		if host == "" {
			continue
		}
		u, err := url.Parse("http://" + host)
		if err != nil || u.Host != host || !isName(u.Hostname(), host[0] == '[') || strings.HasSuffix(host, ":") {
			return nil, fmt.Errorf("%q is not a host; give one such as traq-auth.example or localhost:9000", host)
		}
		hosts = append(hosts, host)
		if u.Port() == "" {
			hosts = append(hosts, host+":"+strconv.Itoa(port))
		}
	}
	return hosts, nil
}

// Hosts refuses requests to other hosts than these. A name that somebody else
// owns may resolve to this machine (DNS rebinding): to a browser, that
// somebody's page is then of the same origin as the server's answers.
func Hosts(own []string, next http.Handler) http.Handler {
	message := "this is http://" + own[0] + "/; to have it answer to another host as well, start it with -hosts (HOSTS=… make run)"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(own, strings.ToLower(r.Host)) {
			http.Error(w, message, http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isName tells whether a host is one and not a pattern; IPv6 addresses are in brackets.
func isName(host string, bracketed bool) bool {
	return host != "" && strings.Contains(host, ":") == bracketed && !strings.Contains(host, "*")
}
