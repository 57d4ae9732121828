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

// AddToken makes a bearer token valid.
func (s *Server) AddToken(value string, token Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens[value] = token
}

// caller is who calls, and by what right.
type caller struct {
	user *user
	// token is nil for a session, which may do everything.
	token *Token
}

func (c caller) may(scope string) bool {
	return c.token == nil || slices.Contains(c.token.Scopes, scope)
}

// authenticate tells who calls, or answers and gives false. An Authorization
// header wins over the cookie, a wrong one too.
func (x *exchange) authenticate() (caller, bool) {
	var c caller
	if authorization := x.r.Header.Get("Authorization"); authorization != "" {
		value, bearer := strings.CutPrefix(authorization, "Bearer ")
		token, known := x.tokens[value]
		switch {
		case !bearer:
			x.fail(http.StatusUnauthorized, "invalid authorization scheme")
			return c, false
		case !known:
			x.fail(http.StatusUnauthorized, "invalid token")
			return c, false
		case token.User == "":
			x.fail(http.StatusInternalServerError, "Internal Server Error")
			return c, false
		}
		c = caller{x.mustUser(token.User), &token}
	} else {
		s := x.session()
		if s == nil {
			x.fail(http.StatusUnauthorized, "You are not logged in")
			return c, false
		}
		c = caller{user: s.user}
	}
	if c.user.State != Active {
		x.fail(http.StatusForbidden, suspendedMessage)
		return c, false
	}
	return c, true
}
