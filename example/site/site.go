// Package site is the example's web site on traQ's own origin: the page, with
// the API beside it.
package site

import (
	"embed"
	"net/http"

	"github.com/traq-auth/traq-auth/example/pages"
)

//go:embed page
var files embed.FS

// Config is what the page is told of what is around it.
type Config struct {
	// TRAQ is the origin of the real traQ behind the API; "" for one in memory,
	// which has its external provider and the web UI's pages beside it.
	TRAQ string `json:"traq,omitempty"`
	// App is the address of a third party's page that signs in there; "" for none.
	App string `json:"app,omitempty"`
}

// Handler serves the page, the package that lies in a folder, and the API.
func Handler(pkg string, api http.Handler, config Config) http.Handler {
	mux := pages.Handler(files, pkg, config)
	mux.Handle("/api/", api)
	if config.TRAQ == "" {
		for _, path := range []string{"/_provider/", "/login", "/consent", "/.well-known/"} {
			mux.Handle(path, api)
		}
	}
	return mux
}
