package guard

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// methods are those that a page can have sent. TRACE would show an HttpOnly
// cookie to a script, and CONNECT ask for a tunnel.
var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

// Plain refuses requests of other methods, and those whose path is not plain.
func Plain(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !slices.Contains(methods, r.Method):
			w.Header().Set("Allow", strings.Join(methods, ", "))
			http.Error(w, "this method is not answered here", http.StatusMethodNotAllowed)
		case !isPlain(r.URL):
			http.Error(w, "this path is not answered here: not every server would read it alike", http.StatusBadRequest)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

var (
	encodedSeparator = regexp.MustCompile(`(?i)%(2f|5c)`)
	encodedByte      = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
)

// isPlain tells whether a path is the same one to every server, whether that
// decodes it before it resolves it, after, or twice.
func isPlain(u *url.URL) bool {
	path := u.Path
	if !strings.HasPrefix(path, "/") || encodedSeparator.MatchString(u.EscapedPath()) || encodedSeparator.MatchString(u.RawPath) ||
		encodedByte.MatchString(path) || strings.ContainsRune(path, '\\') ||
		!utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl) {
		return false
	}
	segments := strings.Split(path[1:], "/")
	for i, segment := range segments {
		name, _, _ := strings.Cut(segment, ";") // some servers drop a segment's parameters
		if name == "." || name == ".." || name == "" && (segment != "" || i < len(segments)-1) {
			return false
		}
	}
	return true
}
