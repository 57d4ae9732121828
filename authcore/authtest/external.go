package authtest

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// authState is what a state parameter stands for.
type authState struct {
	link bool
}

const stateCookie = "traq_ext_auth_cookie"

// auth answers what is below /api/auth: the entrance to a provider, and the
// address at which it leads back.
func (x *exchange) auth(path string) {
	address, callback := strings.CutSuffix(path, "/callback")
	provider := ""
	for _, name := range x.providers {
		if addressOf(name) == address {
			provider = name
		}
	}
	switch {
	case provider == "":
		x.fail(http.StatusNotFound, "Not Found")
	case x.r.Method != http.MethodGet:
		x.w.Header().Set("Allow", "OPTIONS, GET")
		x.fail(http.StatusMethodNotAllowed, "Method Not Allowed")
	case x.r.Header.Get("Authorization") != "":
		x.fail(http.StatusBadRequest, "Authorization Header must not be set.")
	case callback:
		x.callback(provider)
	default:
		x.entrance(provider)
	}
}

// addressOf is how a provider's name is spelt in its address.
func addressOf(provider string) string {
	if provider == "traQ" {
		return "traq"
	}
	return provider
}

func (x *exchange) entrance(provider string) {
	link, _ := strconv.ParseBool(x.r.URL.Query().Get("link"))
	if link {
		if x.session() == nil {
			x.fail(http.StatusUnauthorized, "You are not logged in. Please login.")
			return
		}
	} else if !x.notLoggedIn("Authorization Header must not be set.") {
		return
	}
	state := randomText(32)
	x.states.put(state, authState{link})
	expires := x.now().Add(5 * 60e9).UTC().Format(http.TimeFormat)
	x.w.Header().Add("Set-Cookie", stateCookie+"="+state+"; Path=/; Expires="+expires+"; Max-Age=300; HttpOnly; SameSite=Lax")
	x.redirect(x.providerURL() + "/authorize?" + url.Values{
		"client_id":     {"traq-local"},
		"redirect_uri":  {x.origin() + "/api/auth/" + addressOf(provider) + "/callback"},
		"response_type": {"code"},
		"scope":         {"openid profile"},
		"state":         {state},
	}.Encode())
}

// callback is where the provider leads back to. A link of a caller whose
// session has gone meanwhile is a login.
func (x *exchange) callback(provider string) {
	query := x.r.URL.Query()
	code, state := query.Get("code"), query.Get("state")
	if code == "" || state == "" {
		x.fail(http.StatusBadRequest, "missing code or state")
		return
	}
	kept, err := x.r.Cookie(stateCookie)
	if err != nil {
		x.fail(http.StatusBadRequest, "missing cookie")
		return
	}
	started, known := x.states.get(state)
	if kept.Value != state || !known {
		x.fail(http.StatusBadRequest, "invalid state")
		return
	}
	external, ok := x.codes.get(code)
	if !ok {
		x.fail(http.StatusBadRequest, "token exchange failed")
		return
	}
	x.codes.delete(code)
	owner := x.ownerOf(provider, external)
	switch s := x.session(); {
	case s != nil && !started.link:
		x.fail(http.StatusBadRequest, "You have already logged in. Please logout once.")
	case s != nil && (owner != nil || s.user.linked(provider)):
		x.fail(http.StatusBadRequest, "this account has already been linked")
	case s != nil:
		s.user.accounts = append(s.user.accounts, account{provider, external, x.now()})
		x.redirect("/")
	case owner == nil:
		x.fail(http.StatusUnauthorized, "You are not a member of traQ")
	case owner.State != Active:
		x.fail(http.StatusForbidden, suspendedMessage)
	default:
		x.setSession(x.open(owner))
		x.redirect("/")
	}
}

func (s *Server) ownerOf(provider, external string) *user {
	for _, u := range s.users {
		for _, a := range u.accounts {
			if a.provider == provider && a.name == external {
				return u
			}
		}
	}
	return nil
}

func (x *exchange) origin() string {
	if x.r.TLS != nil || x.r.URL.Scheme == "https" { // the latter where no listener has made it
		return "https://" + x.r.Host
	}
	return "http://" + x.r.Host
}

func (x *exchange) providerURL() string {
	if x.ProviderURL != "" {
		return x.ProviderURL
	}
	return x.origin() + strings.TrimSuffix(providerPath, "/")
}
