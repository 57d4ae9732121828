// Package site is the example's web site: the page, the built package below
// /pkg/, and an API server on the same origin.
package site

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed page
var files embed.FS

// Handler serves the page, the package that lies in a folder, and the API. The
// origin of a real traQ behind the API is told to the page; it is "" for one in
// memory, which has its external provider and the web UI's pages beside it.
func Handler(pkg string, api http.Handler, traq string) http.Handler {
	page, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("/", fresh(strict(http.FileServerFS(page))))
	mux.Handle("/pkg/", fresh(http.StripPrefix("/pkg/", http.FileServer(http.Dir(pkg)))))
	mux.Handle("GET /_example/config.json", fresh(config(traq)))
	mux.Handle("/api/", api)
	if traq == "" {
		for _, path := range []string{"/_provider/", "/login", "/consent", "/.well-known/"} {
			mux.Handle(path, api)
		}
	}
	return mux
}

// policy lets the page load and call what is of its own origin and nothing
// else. A script that somebody gets into it does not run, no text becomes a
// script or markup, and a form that is sent before the script is there sends
// its password nowhere. WebAssembly needs 'wasm-unsafe-eval'.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// strict has browsers hold the page to the policy.
func strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		next.ServeHTTP(w, r)
	})
}

// fresh has browsers ask again for what a rebuild may have changed.
func fresh(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}
