// Package pages is what the example's web sites have in common: each has one
// page, under a strict policy, and beside it the built package below /pkg/, the
// files that the pages share below /shared/, and what the page needs to know.
package pages

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
)

//go:embed shared
var shared embed.FS

// Handler serves the page that lies in a folder "page" of files, the package
// that lies in a folder, and the config as /_example/config.json. Besides its
// own origin, the page may call those of servers.
func Handler(files fs.FS, pkg string, config any, servers ...string) *http.ServeMux {
	page, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("/", fresh(strict(policy(servers), http.FileServerFS(page))))
	mux.Handle("/shared/", fresh(http.FileServerFS(shared)))
	mux.Handle("/pkg/", fresh(http.StripPrefix("/pkg/", http.FileServer(http.Dir(pkg)))))
	mux.Handle("GET /_example/config.json", fresh(sends(config)))
	return mux
}

// policy lets the page load what is of its own origin, call that and the
// servers, and nothing else. A script that somebody gets into it does not run,
// no text becomes a script or markup, and a form that is sent before the script
// is there sends its password nowhere. WebAssembly needs 'wasm-unsafe-eval'.
func policy(servers []string) string {
	connect := "'self'"
	for _, server := range servers {
		connect += " " + server
	}
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src " + connect + "; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}

// strict has browsers hold the page to the policy.
func strict(policy string, next http.Handler) http.Handler {
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

func sends(content any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(content) // a caller who went away misses it
	})
}
