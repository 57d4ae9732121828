package authtest

import (
	"net/http"
	"strings"
)

// exchange is a request and its answer, while the server is locked for it.
type exchange struct {
	*Server
	w    http.ResponseWriter
	r    *http.Request
	held *session // that of the cookie, as the request came
}

func (s *Server) route(x *exchange) {
	path := x.r.URL.Path
	if rest, is := strings.CutPrefix(path, providerPath); is {
		x.provider(rest)
		return
	}
	if x.page(path) {
		return
	}
	x.setHeaders()
	if x.r.Method == http.MethodOptions {
		x.preflight()
		return
	}
	x.w.Header().Set("Content-Security-Policy", "frame-ancestors 'none';")
	switch rest, v3 := strings.CutPrefix(path, "/api/v3/"); {
	case v3:
		x.v3(rest)
	case path == "/.well-known/openid-configuration" && x.r.Method == http.MethodGet:
		x.discovery()
	case strings.HasPrefix(path, "/api/auth/"):
		x.auth(strings.TrimPrefix(path, "/api/auth/"))
	case path == "/api/ping":
		x.w.Header().Set("Content-Type", "text/plain; charset=UTF-8")
		_, _ = x.w.Write([]byte("OK"))
	default:
		x.fail(http.StatusNotFound, "Not Found")
	}
}

// v3 answers what is below /api/v3: some calls to anybody, the others to who
// is logged in.
func (x *exchange) v3(path string) {
	open := map[string]func(){
		"POST login":                x.login,
		"POST logout":               x.logout,
		"GET version":               x.version,
		"GET oauth2/authorize":      x.authorize,
		"POST oauth2/authorize":     x.authorize,
		"POST oauth2/token":         x.token,
		"POST oauth2/revoke":        x.revokeToken,
		"GET oauth2/oidc/discovery": x.discovery,
		"GET jwks":                  x.jwks,
	}
	if call, is := open[x.r.Method+" "+path]; is {
		call()
		return
	}
	caller, ok := x.authenticate()
	if !ok {
		return
	}
	if path == "oauth2/authorize/decide" && x.r.Method == http.MethodPost { // it has no limit of rate
		x.decide(caller)
		return
	}
	if !x.withinRate(caller.user) {
		return
	}
	type handler struct {
		call   func(*user)
		scopes []string // of which a token needs one; none for what no token may
	}
	handlers := map[string]handler{
		"GET users/me":                     {x.me, []string{"read", "manage_bot"}},
		"GET users/me/oidc":                {func(u *user) { x.json(x.userInfo(u, caller.may("profile"))) }, []string{"read", "profile", "manage_bot"}},
		"GET channels":                     {x.listChannels, []string{"read", "manage_bot"}},
		"GET users/me/tokens":              {x.listTokens, nil},
		"PUT users/me/password":            {x.changePassword, nil},
		"GET users/me/sessions":            {x.listSessions, nil},
		"GET users/me/ex-accounts":         {x.listAccounts, nil},
		"POST users/me/ex-accounts/link":   {x.linkAccount, nil},
		"POST users/me/ex-accounts/unlink": {x.unlinkAccount, nil},
	}
	h, ok := handlers[x.r.Method+" "+path]
	if id, is := strings.CutPrefix(path, "users/me/sessions/"); is && id != "" && x.r.Method == http.MethodDelete {
		h, ok = handler{func(u *user) { x.revokeSession(u, id) }, nil}, true
	}
	if id, is := strings.CutPrefix(path, "users/me/tokens/"); is && id != "" && x.r.Method == http.MethodDelete {
		h, ok = handler{func(u *user) { x.revokeListed(u, id) }, nil}, true
	}
	switch {
	case !ok:
		x.fail(http.StatusNotFound, "Not Found")
	case caller.user.Bot && h.scopes == nil:
		x.fail(http.StatusForbidden, "Bot users are not permitted to access this API")
	case !caller.may(h.scopes...):
		x.fail(http.StatusForbidden, "you are not permitted to request to '"+x.r.URL.Path+"'")
	default:
		h.call(caller.user)
	}
}
