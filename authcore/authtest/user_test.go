package authtest_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// TestReplacedUser replaces an account that somebody is signed in to: it is the same
// one, with other data.
func TestReplacedUser(t *testing.T) {
	for name, test := range map[string]struct {
		act    func(*authtest.Server)
		status int
	}{
		"nothing else":  {func(*authtest.Server) {}, http.StatusOK},
		"suspended":     {func(s *authtest.Server) { s.SetState("alice", authtest.Suspended) }, http.StatusForbidden},
		"deactivated":   {func(s *authtest.Server) { s.SetState("alice", authtest.Deactivated) }, http.StatusUnauthorized},
		"added as such": {func(s *authtest.Server) { s.AddUser(authtest.User{Name: "alice", State: authtest.Deactivated}) }, http.StatusUnauthorized},
		"sessions end":  {func(s *authtest.Server) { s.EndSessions("alice") }, http.StatusUnauthorized},
		"sessions age":  {func(s *authtest.Server) { s.AgeSessions("alice", 2*old) }, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			server := authtest.NewServer()
			defer server.Close()
			server.Link("alice", "oidc", "alice_ext")
			c := server.Client()
			login(t, c, server, "alice")
			_, before, _ := get(t, c, server.URL+"/api/v3/users/me")
			server.AddUser(authtest.User{Name: "Alice", DisplayName: "Another", Password: "secret"})
			_, after, _ := get(t, c, server.URL+"/api/v3/users/me")
			assert.Contains(t, after, `"displayName":"Another"`)
			id := regexp.MustCompile(`"id":"[^"]+"`)
			assert.Equal(t, id.FindString(before), id.FindString(after))
			_, links, _ := get(t, c, server.URL+"/api/v3/users/me/ex-accounts")
			assert.Contains(t, links, "alice_ext")
			test.act(server)
			status, _, _ := get(t, c, server.URL+"/api/v3/users/me")
			assert.Equal(t, test.status, status)
		})
	}
}

func TestTokenOfNobody(t *testing.T) {
	server := authtest.NewUnstartedServer()
	assert.PanicsWithValue(t, "authtest: no user carol", func() {
		server.AddToken("token", authtest.Token{User: "carol", Scopes: []string{"read"}})
	})
	server.AddToken("a client's own", authtest.Token{Scopes: []string{"read"}})
}
