package authhttp

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/traq-auth/traq-auth/authcore"
)

// address reads the absolute address of an API, and gives it without a
// trailing slash.
func address(name, text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || normalized(u) == "" {
		return "", wrongOption(name + " must be an absolute http or https address")
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return "", wrongOption(name + " must have no user name, query or fragment")
	}
	return strings.TrimRight(normalized(u), "/"), nil
}

// origin reads an origin.
func origin(name, text string) (string, error) {
	origin, err := address(name, text)
	if err == nil && (strings.Count(strings.TrimSuffix(text, "/"), "/") > len("//") || strings.Contains(text, "*")) {
		// A path would promise that it is looked at, and a * that it stands for something.
		err = wrongOption(name + " must be an origin: a scheme and a host, without a path")
	}
	return origin, err
}

// redirectTo reads the target of a redirect as the answer's Location will be
// read: against the address of the request.
func (c *Client) redirectTo(target, request string) authcore.Redirect {
	redirect := authcore.Redirect{Target: target}
	base, err := url.Parse(c.api.BaseURL + "/" + request)
	if err != nil {
		return redirect // which authcore refuses, having no URL
	}
	if u, err := base.Parse(percentEncoded(target)); err == nil {
		redirect.URL = normalized(u)
	}
	return redirect
}

// percentEncoded escapes what RFC 3986 knows in no place of an address, as
// browsers do. net/url escapes a path with such a character anew as a whole,
// and makes a slash of the %2F in it.
func percentEncoded(text string) string {
	var out strings.Builder
	for _, c := range []byte(text) {
		if c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&out, "%%%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// normalized writes an http or https address as browsers do, so that origins
// can be compared; "" for what is none. A host of other letters than ASCII's
// is none: it would have to be written otherwise first.
func normalized(u *url.URL) string {
	host, port := strings.ToLower(u.Hostname()), cmp.Or(u.Port(), defaultPorts[u.Scheme])
	foreign := strings.ContainsFunc(host, func(c rune) bool { return c > unicode.MaxASCII })
	number, err := strconv.ParseUint(port, 10, 16)
	if defaultPorts[u.Scheme] == "" || err != nil || host == "" || foreign {
		return ""
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port = strconv.FormatUint(number, 10); port != defaultPorts[u.Scheme] {
		host += ":" + port
	}
	written := *u
	written.Host = host
	if written.Path == "" {
		written.Path = "/"
	}
	return written.String()
}
