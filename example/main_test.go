package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// version asks a handler for the API's version, and gives what the page is told.
func version(t *testing.T, handler http.Handler) (status int, traq *string) {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", "/_example/config.json", nil))
	var config struct{ TRAQ *string }
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &config))
	answer = httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", "/api/v3/version", nil))
	return answer.Code, config.TRAQ
}

func TestInMemory(t *testing.T) {
	h, hint, err := handler("", 8080, "")
	require.NoError(t, err)
	assert.Contains(t, hint, "password1234")
	status, traq := version(t, h)
	assert.Equal(t, http.StatusOK, status)
	assert.Nil(t, traq)
}

func TestBehindARealOne(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	h, hint, err := handler("", 8080, server.URL+"/")
	require.NoError(t, err)
	assert.Contains(t, hint, server.URL)
	status, traq := version(t, h)
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, &server.URL, traq)
	assert.Equal(t, 1, server.Count("GET", "/api/v3/version"))
}

func TestWrongAddress(t *testing.T) {
	_, _, err := handler("", 8080, "traq.example")
	assert.ErrorContains(t, err, "give one such as https://traq.example")
	for _, address := range []string{"http://127.0.0.1:8080", "http://localhost:8080/"} {
		_, _, err := handler("", 8080, address)
		assert.ErrorContains(t, err, "own address", "it would ask itself for ever")
	}
}
