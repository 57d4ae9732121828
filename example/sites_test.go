package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

func get(handler http.Handler, address string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", address, nil))
	return answer
}

type appConfig struct {
	BaseURL, ClientID string
	InMemory          bool
}

// toldToApp is what the third party's page is told.
func toldToApp(t *testing.T, sites [2]webSite) (told appConfig) {
	answer := get(sites[1].handler, "http://localhost:8081/_example/config.json")
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &told))
	return told
}

func TestEachSiteSaysWhereTheOtherIs(t *testing.T) {
	sites, err := at8080(options{})
	require.NoError(t, err)
	assert.Equal(t, "http://127.0.0.1:8080/", sites[0].address)
	assert.Equal(t, "http://localhost:8081/", sites[1].address)
	assert.JSONEq(t, `{"app": "http://localhost:8081/"}`, get(sites[0].handler, "http://127.0.0.1:8080/_example/config.json").Body.String())
	assert.Equal(t, "http://127.0.0.1:8080/api/v3", toldToApp(t, sites).BaseURL)
}

func TestAppIsAClientOfTheServerInMemory(t *testing.T) {
	sites, err := at8080(options{})
	require.NoError(t, err)
	told := toldToApp(t, sites)
	assert.True(t, told.InMemory)
	for redirect, status := range map[string]int{"http://localhost:8081/": http.StatusFound, "http://127.0.0.1:8081/": http.StatusBadRequest} {
		query := url.Values{"client_id": {told.ClientID}, "redirect_uri": {redirect}, "response_type": {"code"}, "scope": {"read"}}
		answer := get(sites[0].handler, told.BaseURL+"/oauth2/authorize?"+query.Encode())
		assert.Equal(t, status, answer.Code, redirect)
		if status == http.StatusFound {
			at := answer.Header().Get("Location")
			assert.Equal(t, http.StatusOK, get(sites[0].handler, "http://127.0.0.1:8080"+at).Code, "it leads to the login: %s", at)
		}
	}
}

func TestAppOfARealOne(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	for id, hint := range map[string]string{"": "how to have it sign in", "the-client": "signs in there"} {
		sites, err := at8080(options{traq: server.URL, clientID: id})
		require.NoError(t, err)
		assert.Contains(t, sites[1].hint, hint)
		assert.Equal(t, appConfig{server.URL + "/api/v3", id, false}, toldToApp(t, sites))
		page := get(sites[1].handler, "http://localhost:8081/")
		assert.Contains(t, page.Header().Get("Content-Security-Policy"), "connect-src 'self' "+server.URL+";")
	}
	assert.Zero(t, server.Requests(), "the page asks it, and nobody in between")
}

func TestClientWithoutItsServer(t *testing.T) {
	_, err := at8080(options{clientID: "the-client"})
	assert.ErrorContains(t, err, "TRAQ=https://… CLIENT_ID=…")
}

func TestOnlyOwnHostsOfTheAppAreAnswered(t *testing.T) {
	sites, err := at8080(options{pkg: t.TempDir()})
	require.NoError(t, err)
	for address, status := range map[string]int{
		"http://localhost:8081/":                             http.StatusOK,
		"http://name.example/":                               http.StatusOK,
		"http://127.0.0.1:8081/?code=x":                      http.StatusFound,
		"http://[::1]:8081/":                                 http.StatusFound,
		"http://localhost:8081/api/v3/version":               http.StatusNotFound,
		"http://localhost:8081/pkg/..%2fx":                   http.StatusBadRequest,
		"http://localhost:8080/":                             http.StatusMisdirectedRequest,
		"http://evil.example:8081/":                          http.StatusMisdirectedRequest,
		"http://evil.example:8081/_example/config.json":      http.StatusMisdirectedRequest,
		"http://localhost.evil.example:8081/":                http.StatusMisdirectedRequest,
		"http://127.0.0.1.evil.example:8081/shared/frame.js": http.StatusMisdirectedRequest,
	} {
		answer := get(sites[1].handler, address)
		assert.Equal(t, status, answer.Code, address)
		if status == http.StatusFound {
			assert.Equal(t, "http://localhost:8081/", answer.Header().Get("Location"), "the registered redirect URI has the name")
		}
	}
}

func TestPortsAreInARowOrAnyTwo(t *testing.T) {
	any, err := listen(0)
	require.NoError(t, err)
	assert.NotEqual(t, port(any[0]), port(any[1]))
	for _, listener := range any {
		require.NoError(t, listener.Close())
	}

	// A port that is free, as its next one is.
	var first, second net.Listener
	for range 100 {
		first, err = net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		second, err = net.Listen("tcp", (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port(first) + 1}).String())
		require.NoError(t, first.Close())
		if err == nil {
			break
		}
	}
	require.NoError(t, err)
	_, err = listen(port(first))
	assert.ErrorContains(t, err, "PORT=…", "the next one is taken")
	require.NoError(t, second.Close())
	both, err := listen(port(first))
	require.NoError(t, err)
	assert.Equal(t, [2]int{port(first), port(second)}, [2]int{port(both[0]), port(both[1])})
	for _, listener := range both {
		require.NoError(t, listener.Close())
	}
}
