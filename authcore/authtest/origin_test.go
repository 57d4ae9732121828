package authtest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// TestOrigin asks for what names the server's own origin, by requests that come by
// HTTPS or not, whoever has made them.
func TestOrigin(t *testing.T) {
	server := authtest.NewUnstartedServer()
	server.AddToken("token", authtest.Token{User: "alice", Scopes: []string{"profile"}})
	for _, origin := range []string{"http://q.example", "https://q.example", "https://q.example:8443"} {
		for name, make := range map[string]func(path string) *http.Request{
			"as a server's": func(path string) *http.Request { return httptest.NewRequest(http.MethodGet, origin+path, nil) },
			"as a client's": func(path string) *http.Request {
				request, err := http.NewRequest(http.MethodGet, origin+path, nil)
				require.NoError(t, err)
				return request
			},
		} {
			t.Run(origin+" "+name, func(t *testing.T) {
				answer := func(request *http.Request) *httptest.ResponseRecorder {
					recorder := httptest.NewRecorder()
					server.ServeHTTP(recorder, request)
					return recorder
				}
				discovery := answer(make("/api/v3/oauth2/oidc/discovery")).Body.String()
				assert.Contains(t, discovery, `"issuer":"`+origin+`"`)
				assert.Contains(t, discovery, `"token_endpoint":"`+origin+"/")
				assert.Contains(t, answer(make("/api/auth/oidc")).Header().Get("Location"), origin+"/_provider/authorize?")
				me := make("/api/v3/users/me/oidc")
				me.Header.Set("Authorization", "Bearer token")
				assert.Contains(t, answer(me).Body.String(), `"picture":"`+origin+"/")
			})
		}
	}
}
