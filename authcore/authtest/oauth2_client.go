package authtest

import (
	"net/url"
	"slices"
)

// OAuth2Client is an application that users may let act for them.
type OAuth2Client struct {
	// ID is a random one where it is "".
	ID string
	// Name is what the page of consent calls it; "" stands for "Test client".
	Name        string
	Description string
	// RedirectURI is the only address that a user is led back to.
	RedirectURI string
	// Scopes are those that it may ask for; none stands for read.
	Scopes []string
	// Confidential clients authenticate with their Secret, which is a random
	// one where it is "". A public client has none.
	Confidential bool
	Secret       string
	// Owner is the name of the user who registered it; "" stands for traq.
	Owner string
}

// RegisterClient registers a client, or replaces one of the same ID, and
// returns it with all that was left out. It panics where the RedirectURI is not
// absolute, a scope is not one of traQ's, or there is no such Owner.
func (s *Server) RegisterClient(c OAuth2Client) OAuth2Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u, err := url.Parse(c.RedirectURI); err != nil || !u.IsAbs() {
		panic("authtest: the redirect URI of a client must be absolute: " + c.RedirectURI)
	}
	mustBeScopes(c.Scopes)
	setDefault := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	setDefault(&c.ID, randomText(36))
	setDefault(&c.Name, "Test client")
	setDefault(&c.Owner, "traq")
	if c.Confidential {
		setDefault(&c.Secret, randomText(36))
	}
	if len(c.Scopes) == 0 {
		c.Scopes = []string{"read"}
	}
	s.mustUser(c.Owner)
	kept := c
	kept.Scopes = slices.Clone(c.Scopes)
	s.oauth2.clients[c.ID] = &kept
	return c
}

func mustBeScopes(scopes []string) {
	for _, scope := range scopes {
		if !slices.Contains(supportedScopes, scope) {
			panic("authtest: no scope " + scope)
		}
	}
}

// mustClient returns the client of an id.
func (s *Server) mustClient(id string) *OAuth2Client {
	c := s.oauth2.clients[id]
	if c == nil {
		panic("authtest: no client " + id)
	}
	return c
}
