package authtest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// What OAuth2 has in common: RFC 6749 with PKCE (RFC 7636), revocation (RFC
// 7009), and of OpenID Connect as much as traQ has.

// supportedScopes are those that a client may have.
var supportedScopes = []string{"read", "write", "manage_bot", "openid", "profile"}

// decisionTime is how long a user has to decide on a request, and a client to
// exchange a code.
const decisionTime = 5 * time.Minute

// oauth2 is what the server keeps for it, beside the tokens.
type oauth2 struct {
	clients map[string]*OAuth2Client // by id
	codes   *recent[*authorization]  // by code
	life    time.Duration            // of the access tokens that are issued
	refresh bool                     // whether refresh tokens are issued
	key     func() *signingKey       // made when it is first needed
}

func newOAuth2() oauth2 {
	return oauth2{
		clients: map[string]*OAuth2Client{},
		codes:   newRecent[*authorization](1000),
		life:    365 * 24 * time.Hour,
		key:     sync.OnceValue(newSigningKey),
	}
}

// SetAccessTokenLife sets how long the access tokens live that are issued from
// now on, in whole seconds and one at least. It is a year at first, as with traQ.
func (s *Server) SetAccessTokenLife(life time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oauth2.life = max(life.Truncate(time.Second), time.Second)
}

// SetRefreshTokens switches on or off that clients are issued refresh tokens.
// It is off at first, as with traQ. One that is there keeps working.
func (s *Server) SetRefreshTokens(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oauth2.refresh = on
}

// parseScopes splits a list of scopes, of which each counts once, and returns
// whether there are such.
func parseScopes(text string) (scopes []string, ok bool) {
	for _, scope := range strings.Fields(text) {
		if !slices.Contains(supportedScopes, scope) {
			return nil, false
		}
		if !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes, true
}

// grantable returns those of the requested scopes that are available: all that
// are, where none is requested, and none where there is nothing to grant.
func grantable(requested, available []string) []string {
	if len(requested) == 0 {
		return available
	}
	var granted []string
	for _, scope := range requested {
		if slices.Contains(available, scope) {
			granted = append(granted, scope)
		}
	}
	return granted
}

func (x *exchange) noStore() {
	x.w.Header().Set("Cache-Control", "no-store")
	x.w.Header().Set("Pragma", "no-cache")
}

// refuse answers with an error of OAuth2's.
func (x *exchange) refuse(status int, code string) {
	x.body(status, struct {
		Error string `json:"error"`
	}{code}, "")
}

// fields reads a query's or a form's parameters, or answers and returns false.
// JSON is taken, and has none.
func (x *exchange) fields() (url.Values, bool) {
	if x.r.Method == http.MethodGet {
		return x.r.URL.Query(), true
	}
	if !x.bind(&struct{}{}) {
		return nil, false
	}
	parse := x.r.ParseForm
	if strings.HasPrefix(x.r.Header.Get("Content-Type"), "multipart/") {
		parse = func() error { return x.r.ParseMultipartForm(maxBody) }
	}
	if err := parse(); err != nil {
		x.fail(http.StatusBadRequest, "Bad Request")
		return nil, false
	}
	return x.r.Form, true
}
