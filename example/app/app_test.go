package app_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/example/app"
)

func get(handler http.Handler, address string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", address, nil))
	return answer
}

func TestConfig(t *testing.T) {
	for body, config := range map[string]app.Config{
		`{"baseURL": "http://127.0.0.1:8080/api/v3", "clientId": "example-app", "inMemory": true}`: {
			Server: "http://127.0.0.1:8080", ClientID: app.ClientID, InMemory: true,
		},
		`{"baseURL": "https://traq.example/api/v3", "inMemory": false}`: {Server: "https://traq.example"},
	} {
		answer := get(app.Handler("", config), "http://localhost:8081/_example/config.json")
		assert.Equal(t, "no-cache", answer.Header().Get("Cache-Control"), "another run may have another server")
		assert.JSONEq(t, body, answer.Body.String())
	}
}

func TestWhatIsWhere(t *testing.T) {
	pkg := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(pkg, "oauth2.js"), []byte("built"), 0o600))
	handler := app.Handler(pkg, app.Config{Server: "https://traq.example"})
	assert.Contains(t, get(handler, "http://localhost:8081/").Body.String(), "<!doctype html>")
	assert.Equal(t, "built", get(handler, "http://localhost:8081/pkg/oauth2.js").Body.String())
	assert.Contains(t, get(handler, "http://localhost:8081/shared/frame.js").Body.String(), "export")
	for _, path := range []string{"api/v3/version", "login", "consent", "_provider/authorize"} {
		assert.Equal(t, http.StatusNotFound, get(handler, "http://localhost:8081/"+path).Code, "it is no server of traQ's: %s", path)
	}
}

func TestPolicy(t *testing.T) {
	policy := get(app.Handler("", app.Config{Server: "https://traq.example"}), "http://localhost:8081/?code=x&state=y").Header().Get("Content-Security-Policy")
	for _, directive := range []string{
		"default-src 'none'; ", "script-src 'self' 'wasm-unsafe-eval'; ", "connect-src 'self' https://traq.example; ", "form-action 'none'; ", "frame-ancestors 'none'; ",
	} {
		assert.Contains(t, policy, directive)
	}
}
