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
// memory, which has its external provider beside it.
func Handler(pkg string, api http.Handler, traq string) http.Handler {
	page, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("/", fresh(http.FileServerFS(page)))
	mux.Handle("/pkg/", fresh(http.StripPrefix("/pkg/", http.FileServer(http.Dir(pkg)))))
	mux.Handle("GET /_example/config.json", fresh(config(traq)))
	mux.Handle("/api/", api)
	if traq == "" {
		mux.Handle("/_provider/", api)
	}
	return mux
}

// fresh has browsers ask again for what a rebuild may have changed.
func fresh(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}
