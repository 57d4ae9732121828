// Package app is the example's web site of a third party: a page of another
// origin than traQ's, which signs in there by OAuth2 and calls it directly.
package app

import (
	"embed"
	"fmt"
	"net/http"
	"net/netip"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/example/pages"
)

//go:embed page
var files embed.FS

// Config is what the page is told of the server that it signs in to.
type Config struct {
	// Server is the server's origin.
	Server string
	// ClientID is that of a client whose redirect URI is the page's address; ""
	// for none, and the page then says how one is registered.
	ClientID string
	// InMemory tells that the server is not a real one.
	InMemory bool
}

// Handler serves the page, and the package that lies in a folder.
func Handler(pkg string, c Config) http.Handler {
	return named(pages.Handler(files, pkg, struct {
		BaseURL  string `json:"baseURL"`
		ClientID string `json:"clientId,omitempty"`
		InMemory bool   `json:"inMemory"`
	}{c.Server + "/api/v3", c.ClientID, c.InMemory}, c.Server))
}

// ClientID is that of the page's client at a server in memory.
const ClientID = "example-app"

// Register registers the page's client at a server in memory.
func Register(server *authtest.Server, redirectURI string) {
	server.RegisterClient(authtest.OAuth2Client{ID: ClientID, Name: "Example app", RedirectURI: redirectURI})
}

// named leads who came by a loopback address to localhost: the redirect URI that
// is registered has the name, and an origin keeps its own storage.
func named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host, err := netip.ParseAddrPort(r.Host); err == nil && host.Addr().IsLoopback() {
			http.Redirect(w, r, fmt.Sprintf("http://localhost:%d/", host.Port()), http.StatusFound)
			return
		}
		next.ServeHTTP(w, r)
	})
}
