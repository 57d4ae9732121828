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
	for traq, body := range map[string]string{
		"":                     `{"traq": null}`,
		"https://traq.example": `{"traq": "https://traq.example"}`,
	} {
		answer := get(site.Handler("", api, traq), "/_example/config.json")
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
		handler := site.Handler(pkg, api, traq)
		assert.Contains(t, get(handler, "/").Body.String(), "<!doctype html>")
		assert.Equal(t, "built", get(handler, "/pkg/index.js").Body.String())
		assert.Equal(t, "no-cache", get(handler, "/pkg/index.js").Header().Get("Cache-Control"))
		assert.Equal(t, "api /api/v3/version", get(handler, "/api/v3/version").Body.String())
		assert.Equal(t, []string{"private"}, get(handler, "/api/v3/version").Header()["Cache-Control"], "the API says itself what may be kept")
		assert.Equal(t, http.StatusNotFound, get(handler, "/other").Code)
	}
}

func TestProviderIsBesideTheOneInMemoryOnly(t *testing.T) {
	assert.Equal(t, "api /_provider/authorize", get(site.Handler("", api, ""), "/_provider/authorize").Body.String())
	assert.Equal(t, http.StatusNotFound, get(site.Handler("", api, "https://traq.example"), "/_provider/authorize").Code)
}

func TestPolicyIsThePagesAlone(t *testing.T) {
	handler := site.Handler(t.TempDir(), api, "")
	for path, has := range map[string]bool{"/": true, "/other": true, "/api/v3/version": false, "/_provider/authorize": false} {
		assert.Equal(t, has, get(handler, path).Header().Get("Content-Security-Policy") != "", path)
	}
}
