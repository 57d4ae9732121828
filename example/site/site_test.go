package site_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/example/site"
)

// api answers with the path that it is asked for.
var api = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Cache-Control", "private")
	_, _ = w.Write([]byte("api " + r.URL.Path))
})

func get(handler http.Handler, path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", path, nil))
	return answer
}

func TestConfig(t *testing.T) {
	for body, config := range map[string]site.Config{
		`{}`:                                {},
		`{"traq": "https://traq.example"}`:  {TRAQ: "https://traq.example"},
		`{"app": "http://localhost:8081/"}`: {App: "http://localhost:8081/"},
	} {
		answer := get(site.Handler("", api, config), "/_example/config.json")
		assert.Equal(t, http.StatusOK, answer.Code)
		assert.Equal(t, "application/json", answer.Header().Get("Content-Type"))
		assert.Equal(t, "no-cache", answer.Header().Get("Cache-Control"), "another run may have another server")
		assert.JSONEq(t, body, answer.Body.String())
	}
}

func TestWhatIsWhere(t *testing.T) {
	pkg := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(pkg, "index.js"), []byte("built"), 0o600))
	for _, traq := range []string{"", "https://traq.example"} {
		handler := site.Handler(pkg, api, site.Config{TRAQ: traq})
		assert.Contains(t, get(handler, "/").Body.String(), "<!doctype html>")
		assert.Contains(t, get(handler, "/shared/frame.js").Body.String(), "export")
		assert.Equal(t, "built", get(handler, "/pkg/index.js").Body.String())
		assert.Equal(t, "no-cache", get(handler, "/pkg/index.js").Header().Get("Cache-Control"))
		assert.Equal(t, "api /api/v3/version", get(handler, "/api/v3/version").Body.String())
		assert.Equal(t, []string{"private"}, get(handler, "/api/v3/version").Header()["Cache-Control"], "the API says itself what may be kept")
		assert.Equal(t, http.StatusNotFound, get(handler, "/other").Code)
	}
}

func TestProviderIsBesideTheOneInMemoryOnly(t *testing.T) {
	assert.Equal(t, "api /_provider/authorize", get(site.Handler("", api, site.Config{}), "/_provider/authorize").Body.String())
	assert.Equal(t, http.StatusNotFound, get(site.Handler("", api, site.Config{TRAQ: "https://traq.example"}), "/_provider/authorize").Code)
}

func TestPolicyIsThePagesAlone(t *testing.T) {
	handler := site.Handler(t.TempDir(), api, site.Config{})
	for path, has := range map[string]bool{"/": true, "/other": true, "/api/v3/version": false, "/_provider/authorize": false} {
		assert.Equal(t, has, get(handler, path).Header().Get("Content-Security-Policy") != "", path)
	}
}
