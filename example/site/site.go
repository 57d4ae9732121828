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

// Handler serves the page, the package that lies in a folder, and the API.
func Handler(pkg string, api http.Handler) http.Handler {
	page, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(page))
	mux.Handle("/pkg/", http.StripPrefix("/pkg/", http.FileServer(http.Dir(pkg))))
	mux.Handle("/api/", api)
	mux.Handle("/_provider/", api)
	return fresh(mux)
}

// fresh has browsers ask again for what a rebuild may have changed.
func fresh(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}
