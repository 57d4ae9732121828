package authtest

import (
	"net/http"
	"strings"
)

// exchange is a request and its answer, while the server is locked for it.
type exchange struct {
	*Server
	w http.ResponseWriter
	r *http.Request
}

func (s *Server) route(x *exchange) {
	path := x.r.URL.Path
	if rest, is := strings.CutPrefix(path, providerPath); is {
		x.provider(rest)
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
	case strings.HasPrefix(path, "/api/auth/"):
		x.auth(strings.TrimPrefix(path, "/api/auth/"))
	case path == "/api/ping":
		x.w.Header().Set("Content-Type", "text/plain; charset=UTF-8")
		_, _ = x.w.Write([]byte("OK"))
	default:
		x.fail(http.StatusNotFound, "Not Found")
	}
}

// v3 answers what is below /api/v3: three calls to anybody, the others to who
// is logged in.
func (x *exchange) v3(path string) {
	switch x.r.Method + " " + path {
	case "POST login":
		x.login()
		return
	case "POST logout":
		x.logout()
		return
	case "GET version":
		x.version()
		return
	}
	caller, ok := x.authenticate()
	if !ok || !x.withinRate(caller.user) {
		return
	}
	type handler struct {
		call  func(*user)
		scope string // a token needs it; "" is one that no token has
	}
	handlers := map[string]handler{
		"GET users/me":                     {x.me, "read"},
		"PUT users/me/password":            {x.changePassword, ""},
		"GET users/me/sessions":            {x.listSessions, ""},
		"GET users/me/ex-accounts":         {x.listAccounts, ""},
		"POST users/me/ex-accounts/link":   {x.linkAccount, ""},
		"POST users/me/ex-accounts/unlink": {x.unlinkAccount, ""},
	}
	h, ok := handlers[x.r.Method+" "+path]
	if id, is := strings.CutPrefix(path, "users/me/sessions/"); is && id != "" && x.r.Method == http.MethodDelete {
		h, ok = handler{func(u *user) { x.revokeSession(u, id) }, ""}, true
	}
	switch {
	case !ok:
		x.fail(http.StatusNotFound, "Not Found")
	case caller.user.Bot && h.scope == "":
		x.fail(http.StatusForbidden, "Bot users are not permitted to access this API")
	case !caller.may(h.scope):
		x.fail(http.StatusForbidden, "you are not permitted to request to '"+x.r.URL.Path+"'")
	default:
		h.call(caller.user)
	}
}
