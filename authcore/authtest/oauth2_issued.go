package authtest

import (
	"net/http"
	"slices"
	"sort"
	"strings"
	"time"
)

// issued is a token that the server keeps.
type issued struct {
	Token
	id, access string
	refresh    string        // "" for none
	client     *OAuth2Client // nil for a token of AddToken's
	at         time.Time
	life       time.Duration // 0 for one that does not expire
}

func (t *issued) has(scope string) bool { return slices.Contains(t.Scopes, scope) }

func (t *issued) expired(now time.Time) bool { return t.life != 0 && now.Sub(t.at) > t.life }

func joined(scopes []string) string { return strings.Join(scopes, " ") }

// newToken keeps a new token of a client's, to act for a user or, where that is
// nil, for itself. A refresh token is for a user's client without openid.
func (s *Server) newToken(c *OAuth2Client, u *user, scopes []string) *issued {
	now := s.now()
	token := &issued{
		Token: Token{Scopes: scopes}, client: c, life: s.oauth2.life,
		id: newUUID(now), access: randomText(36), at: now,
	}
	if u != nil {
		token.User = u.Name
	}
	if s.oauth2.refresh && u != nil && !token.has("openid") {
		token.refresh = randomText(36)
	}
	s.tokens.put(token.access, token)
	return token
}

// IssueToken issues a token of a client's to act for a user, without a request;
// refresh is "" where the server issues no refresh tokens. It panics where there
// is no such client or user.
func (s *Server) IssueToken(clientID, name string, scopes ...string) (access, refresh string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := s.newToken(s.mustClient(clientID), s.mustUser(name), scopes)
	return token.access, token.refresh
}

// RevokeTokens ends all tokens of a user's, as if they had been revoked
// elsewhere. It panics where there is no such user.
func (s *Server) RevokeTokens(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for access := range s.tokensOf(s.mustUser(name)) {
		s.tokens.delete(access)
	}
}

// AgeTokens makes all tokens of a user's older. It panics where there is no such
// user.
func (s *Server) AgeTokens(name string, by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, token := range s.tokensOf(s.mustUser(name)) {
		token.at = token.at.Add(-by)
	}
}

func owns(u *user, token *issued) bool { return strings.EqualFold(token.User, u.Name) }

func (s *Server) tokensOf(u *user) map[string]*issued {
	own := map[string]*issued{}
	for access, token := range s.tokens.entries {
		if owns(u, token) {
			own[access] = token
		}
	}
	return own
}

// byRefresh is the token that a refresh token belongs to, nil where there is none.
func (s *Server) byRefresh(refresh string) *issued {
	for _, token := range s.tokens.entries {
		if token.refresh == refresh && refresh != "" {
			return token
		}
	}
	return nil
}

// revokeToken ends a token by its access or its refresh token, and answers the
// same whatever it was given.
func (x *exchange) revokeToken() {
	fields, ok := x.fields()
	if !ok {
		return
	}
	value := fields.Get("token")
	x.tokens.delete(value)
	if token := x.byRefresh(value); token != nil {
		x.tokens.delete(token.access)
	}
	x.w.WriteHeader(http.StatusOK)
}

func (x *exchange) listTokens(u *user) {
	type item struct {
		ID       string   `json:"id"`
		ClientID string   `json:"clientId"`
		Scopes   []string `json:"scopes"`
		IssuedAt string   `json:"issuedAt"`
	}
	list := []item{}
	for _, token := range x.tokensOf(u) {
		client := ""
		if token.client != nil {
			client = token.client.ID
		}
		list = append(list, item{token.id, client, token.Scopes, timestamp(token.at)})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].ID < list[j].ID })
	x.json(list)
}

// revokeListed ends a token by its id in the list.
func (x *exchange) revokeListed(u *user, id string) {
	for access, token := range x.tokensOf(u) {
		if token.id == id {
			x.tokens.delete(access)
			x.noContent()
			return
		}
	}
	x.fail(http.StatusNotFound, "Not Found")
}
