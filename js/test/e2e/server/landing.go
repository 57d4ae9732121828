package main

import (
	"io"
	"net/http"
	"strings"
)

// landing is an origin where a navigation ends, at any address: its page tells
// the one around it where it is. What is asked of an API, below any address of
// the origin, goes to the API.
type landing struct {
	api, pkg http.Handler
}

// calls are the calls that the tests of redirects need, by method. To GET what
// takes a POST is a navigation's end.
var calls = map[string][]string{
	http.MethodGet:  {"/version", "/users/me", "/users/me/ex-accounts"},
	http.MethodPost: {"/login", "/logout", "/users/me/ex-accounts/link"},
}

func (l landing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/pkg/") {
		l.pkg.ServeHTTP(w, r)
		return
	}
	for _, call := range calls[r.Method] {
		if strings.HasSuffix(r.URL.Path, call) {
			r.URL.Path = "/api/v3" + call
			l.api.ServeHTTP(framed{w}, r)
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, `<!doctype html><link rel="icon" href="data:,"><title>landed</title><script>parent.postMessage(location.href, "*")</script>`)
}

// framed lets an answer redirect a frame, which in the tests stands for a page.
type framed struct{ http.ResponseWriter }

func (f framed) WriteHeader(status int) {
	f.Header().Del("Content-Security-Policy")
	f.ResponseWriter.WriteHeader(status)
}
