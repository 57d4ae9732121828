package authtest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// authorization is a client's request to act for a user: it waits in the user's
// session to be decided on, and is then what a code stands for.
type authorization struct {
	client *OAuth2Client
	asked  url.Values // the parameters of the request that are known
	scopes []string   // those that were asked for
	grants []string   // those that it comes to
	user   *user      // who has agreed
	at     time.Time  // when it was asked for; of a code: when that was made
}

var authorizeParameters = []string{
	"client_id", "code_challenge", "code_challenge_method", "nonce", "prompt", "redirect_uri", "response_type", "scope", "state",
}

// maxAuthorize bounds what of a request is kept, in bytes. The real server has
// no such bound of its own.
const maxAuthorize = 16 << 10

// isPKCE returns whether a text has the form of a challenge and of a verifier.
func isPKCE(text string) bool {
	return len(text) >= 43 && len(text) <= 128 && consistsOf(text, "~._-")
}

// authorize is where a client sends its user. What is wrong is told to the
// client, but for what makes it unknown who that is.
func (x *exchange) authorize() {
	x.noStore()
	fields, ok := x.fields()
	if !ok {
		return
	}
	a := &authorization{asked: url.Values{}, at: x.now()}
	for _, name := range authorizeParameters {
		if value := fields.Get(name); value != "" {
			a.asked.Set(name, value)
		}
	}
	if len(a.asked.Encode()) > maxAuthorize {
		x.fail(http.StatusBadRequest, "Bad Request")
		return
	}
	id := a.asked.Get("client_id")
	if !x.valid([2]string{"ClientID", notBlank(id)}) {
		return
	}
	if a.client = x.oauth2.clients[id]; a.client == nil {
		x.fail(http.StatusBadRequest, "unknown client")
		return
	}
	if uri := a.asked.Get("redirect_uri"); uri != "" && uri != a.client.RedirectURI {
		x.fail(http.StatusBadRequest, "invalid client")
		return
	}
	if wrong := a.read(); wrong != "" {
		x.leadBack(a, "error", wrong)
		return
	}
	x.ask(a)
}

// read understands the parameters, and returns the error of what is wrong with
// them.
func (a *authorization) read() (wrong string) {
	if method := a.asked.Get("code_challenge_method"); method != "" {
		if method != "plain" && method != "S256" || !isPKCE(a.asked.Get("code_challenge")) {
			return "invalid_request"
		}
	}
	scopes, ok := parseScopes(a.asked.Get("scope"))
	a.scopes, a.grants = scopes, grantable(scopes, a.client.Scopes)
	if !ok || len(a.grants) == 0 {
		return "invalid_scope"
	}
	types := a.responseTypes()
	for _, t := range types {
		if !slices.Contains([]string{"code", "token", "id_token", "none"}, t) || t == "none" && len(types) > 1 {
			return "unsupported_response_type"
		}
	}
	if len(types) == 0 {
		return "unsupported_response_type"
	}
	return ""
}

func (a *authorization) responseTypes() []string { return strings.Fields(a.asked.Get("response_type")) }

// ask has the user decide, who may have to log in first, unless prompt=none
// asks for an answer without them. Only after that is a response type refused
// that is known and not offered.
func (x *exchange) ask(a *authorization) {
	s := x.session()
	switch prompt := a.asked.Get("prompt"); {
	case s != nil && s.user.State != Active:
		x.leadBack(a, "error", "access_denied")
	case prompt == "none" && s == nil:
		x.leadBack(a, "error", "login_required")
	case prompt == "none" && !x.hasAgreed(s.user, a):
		x.leadBack(a, "error", "consent_required")
	case prompt == "none":
		x.leadBack(a, "code", x.newCode(a, s.user))
	case prompt != "":
		x.leadBack(a, "error", "invalid_request", "error_description", "prompt "+prompt+" is not supported")
	case slices.ContainsFunc(a.responseTypes(), func(t string) bool { return t != "code" }):
		x.leadBack(a, "error", "unsupported_response_type")
	case s == nil:
		x.redirect("/login?" + url.Values{"redirect": {x.r.URL.Path + "?" + a.asked.Encode()}}.Encode())
	default:
		s.pending = a
		page := url.Values{"client_id": {a.client.ID}, "scopes": {joined(a.grants)}}
		if state := a.asked.Get("state"); state != "" {
			page.Set("state", state)
		}
		x.redirect("/consent?" + page.Encode())
	}
}

// hasAgreed tells whether the user has a token of the client's, be it expired,
// with the scopes that are asked for.
func (s *Server) hasAgreed(u *user, a *authorization) bool {
	scopes := a.scopes
	if len(scopes) == 0 {
		scopes = a.grants
	}
	for _, token := range s.tokens.entries {
		missing := func(scope string) bool { return !token.has(scope) }
		if owns(u, token) && token.client == a.client && !slices.ContainsFunc(scopes, missing) {
			return true
		}
	}
	return false
}

func (s *Server) newCode(a *authorization, u *user) string {
	code := randomText(36)
	a.user, a.at = u, s.now()
	s.oauth2.codes.put(code, a)
	return code
}

// leadBack redirects to the client, with these parameters and the state. A
// query that the redirect URI has of its own is lost, on the real server too.
func (x *exchange) leadBack(a *authorization, parameters ...string) {
	query := url.Values{}
	if state := a.asked.Get("state"); state != "" {
		query.Set("state", state)
	}
	for i := 0; i < len(parameters); i += 2 {
		query.Set(parameters[i], parameters[i+1])
	}
	to, _ := url.Parse(a.client.RedirectURI) // which was looked at when it was registered
	to.RawQuery = query.Encode()
	x.redirect(to.String())
}

// decide takes what the user says on the page of consent. A request can be
// decided on once; it is the last one of the session's.
func (x *exchange) decide(c caller) {
	if c.user.Bot {
		x.fail(http.StatusForbidden, "Bot users are not permitted to access this API")
		return
	}
	x.noStore()
	fields, ok := x.fields()
	submit := fields.Get("submit")
	if !ok || !x.valid([2]string{"Submit", notBlank(submit)}) {
		return
	}
	if c.session == nil || c.session.pending == nil {
		x.fail(http.StatusForbidden, "bad session")
		return
	}
	a := c.session.pending
	c.session.pending = nil
	switch {
	case x.now().Sub(a.at) > decisionTime:
		x.leadBack(a, "error", "access_denied", "error_description", "timeout")
	case submit != "approve":
		x.leadBack(a, "error", "access_denied")
	default:
		x.leadBack(a, "code", x.newCode(a, c.session.user))
	}
}
