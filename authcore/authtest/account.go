package authtest

import (
	"net/http"
	"slices"
	"time"
)

// account is an external one that is linked to a user.
type account struct {
	provider, name string
	linkedAt       time.Time
}

// SetProviders enables external providers, by name: "oidc", "traQ" …
func (s *Server) SetProviders(names ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.providers = slices.Clone(names)
}

// Link links an external account to a user, without a request.
func (s *Server) Link(name, provider, externalName string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.mustUser(name)
	u.accounts = append(u.accounts, account{provider, externalName, s.now()})
}

func (u *user) linked(provider string) bool {
	return slices.ContainsFunc(u.accounts, func(a account) bool { return a.provider == provider })
}

func (x *exchange) listAccounts(u *user) {
	type item struct {
		ProviderName string `json:"providerName"`
		ExternalName string `json:"externalName"`
		LinkedAt     string `json:"linkedAt"`
	}
	list := []item{}
	for _, a := range u.accounts {
		list = append(list, item{a.provider, a.name, timestamp(a.linkedAt)})
	}
	x.json(list)
}

// providerName reads a body with nothing but a provider's name.
func (x *exchange) providerName() (string, bool) {
	var body struct{ ProviderName string }
	ok := x.bind(&body) && x.valid([2]string{"providerName", notBlank(body.ProviderName)})
	return body.ProviderName, ok
}

// linkAccount keeps nothing: it only checks, and tells where to go. For the
// provider traQ that address is wrong, on the real server too.
func (x *exchange) linkAccount(u *user) {
	provider, ok := x.providerName()
	switch {
	case !ok:
	case !slices.Contains(x.providers, provider):
		x.fail(http.StatusBadRequest, "invalid provider name")
	case u.linked(provider):
		x.fail(http.StatusBadRequest, "already linked")
	default:
		x.redirect("/api/auth/" + provider + "?link=1")
	}
}

func (x *exchange) unlinkAccount(u *user) {
	provider, ok := x.providerName()
	switch {
	case !ok:
	case !u.linked(provider):
		x.fail(http.StatusBadRequest, "invalid provider name")
	default:
		u.accounts = slices.DeleteFunc(u.accounts, func(a account) bool { return a.provider == provider })
		x.noContent()
	}
}
