package authtest

import (
	"net/http"
	"slices"
	"strings"
)

// Token is an OAuth2 access token.
type Token struct {
	// User is whose it is; "" for one of the client-credentials grant.
	User   string
	Scopes []string
}

// AddToken makes a bearer token valid. It panics where there is no such user, or a
// scope is not one of traQ's.
func (s *Server) AddToken(value string, token Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	mustBeScopes(token.Scopes)
	if token.User != "" {
		s.mustUser(token.User)
	}
	s.tokens.put(value, &issued{Token: token, id: newUUID(s.now()), at: s.now()})
}

// caller is who calls, and by what right.
type caller struct {
	user *user
	// session is nil where a token is not.
	session *session
	token   *issued
}

// may tells whether the caller may do what one of these scopes allows. A session
// may do everything.
func (c caller) may(scopes ...string) bool {
	return c.token == nil || slices.ContainsFunc(scopes, c.token.has)
}

// authenticate tells who calls, or answers and gives false. An Authorization
// header wins over the cookie, a wrong one too.
func (x *exchange) authenticate() (caller, bool) {
	var c caller
	if authorization := x.r.Header.Get("Authorization"); authorization != "" {
		value, bearer := strings.CutPrefix(authorization, "Bearer ")
		token, known := x.tokens.get(value)
		switch {
		case !bearer:
			x.fail(http.StatusUnauthorized, "invalid authorization scheme")
			return c, false
		case !known || token.expired(x.now()):
			x.fail(http.StatusUnauthorized, "invalid token")
			return c, false
		case token.User == "":
			x.fail(http.StatusInternalServerError, "Internal Server Error")
			return c, false
		}
		c = caller{user: x.mustUser(token.User), token: token}
	} else {
		s := x.session()
		if s == nil {
			x.fail(http.StatusUnauthorized, "You are not logged in")
			return c, false
		}
		c = caller{user: s.user, session: s}
	}
	if c.user.State != Active {
		x.fail(http.StatusForbidden, suspendedMessage)
		return c, false
	}
	return c, true
}
