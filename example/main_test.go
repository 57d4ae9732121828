package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// at8080 makes the page and the third party's, at ports 8080 and 8081, which are
// also asked as name.example.
func at8080(o options) (sites [2]webSite, err error) {
	o.hosts = "name.example"
	return newSites(o, 8080, 8081)
}

// version asks a handler for the API's version, and gives what the page is told.
func version(t *testing.T, handler http.Handler) (status int, traq *string) {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", "http://127.0.0.1:8080/_example/config.json", nil))
	var config struct{ TRAQ *string }
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &config))
	answer = httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", "http://localhost:8080/api/v3/version", nil))
	return answer.Code, config.TRAQ
}

func TestInMemory(t *testing.T) {
	sites, err := at8080(options{})
	require.NoError(t, err)
	assert.Contains(t, sites[0].hint, "password1234")
	status, traq := version(t, sites[0].handler)
	assert.Equal(t, http.StatusOK, status)
	assert.Nil(t, traq)
}

func TestBehindARealOne(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	sites, err := at8080(options{traq: server.URL + "/"})
	require.NoError(t, err)
	assert.Contains(t, sites[0].hint, server.URL)
	status, traq := version(t, sites[0].handler)
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, &server.URL, traq)
	assert.Equal(t, 1, server.Count("GET", "/api/v3/version"))
}

func TestWrongAddress(t *testing.T) {
	_, err := at8080(options{traq: "traq.example"})
	assert.ErrorContains(t, err, "give one such as https://traq.example")
	for _, address := range []string{"http://127.0.0.1:8080", "http://localhost:8080/", "http://[::1]:8080", "https://Name.example", "https://name.example:8080", "http://localhost:8081", "http://127.0.0.1:8081"} {
		_, err := at8080(options{traq: address})
		assert.ErrorContains(t, err, "own address", "it would ask itself for ever")
	}
}

// dial serves the site and gives a connection to it. The server knows its hosts
// by port 8080, wherever it really listens.
func dial(t *testing.T, server *http.Server) net.Conn {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() { _ = server.Serve(listener) }() // ends with Close
	t.Cleanup(func() { assert.NoError(t, server.Close()) })
	connection, err := net.Dial("tcp", listener.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { _ = connection.Close() })
	require.NoError(t, connection.SetDeadline(time.Now().Add(10*time.Second)))
	return connection
}

func inMemory(t *testing.T) *http.Server {
	sites, err := at8080(options{pkg: t.TempDir()})
	require.NoError(t, err)
	return newServer(sites[0].handler)
}

func TestOnlyOwnHostsAndPlainRequestsAreAnswered(t *testing.T) {
	traq := authtest.NewServer()
	defer traq.Close()
	for _, behind := range []string{"", traq.URL} {
		sites, err := at8080(options{pkg: t.TempDir(), traq: behind})
		require.NoError(t, err)
		for request, status := range map[string]int{
			"GET / HTTP/1.1\r\nHost: localhost:8080":                                      http.StatusOK,
			"GET /api/v3/version HTTP/1.1\r\nHost: 127.0.0.1:8080":                        http.StatusOK,
			"GET http://127.0.0.1:8080/api/v3/version HTTP/1.1\r\nHost: evil.example":     http.StatusOK, // the first line counts
			"GET /api/v3/version HTTP/1.1\r\nHost: name.example":                          http.StatusOK,
			"GET / HTTP/1.1\r\nHost: evil.example":                                        http.StatusMisdirectedRequest,
			"GET /pkg/index.js HTTP/1.1\r\nHost: evil.example:8080":                       http.StatusMisdirectedRequest,
			"GET /_example/config.json HTTP/1.1\r\nHost: evil.example:8080":               http.StatusMisdirectedRequest,
			"POST /api/v3/login HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0":      http.StatusMisdirectedRequest,
			"GET http://evil.example/api/v3/version HTTP/1.1\r\nHost: 127.0.0.1:8080":     http.StatusMisdirectedRequest,
			"GET /api/v3/version HTTP/1.0":                                                http.StatusMisdirectedRequest,
			"OPTIONS * HTTP/1.1\r\nHost: evil.example":                                    http.StatusMisdirectedRequest,
			"OPTIONS * HTTP/1.1\r\nHost: localhost:8080":                                  http.StatusBadRequest,
			"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443":                 http.StatusMisdirectedRequest,
			"CONNECT 127.0.0.1:8080 HTTP/1.1\r\nHost: 127.0.0.1:8080":                     http.StatusMethodNotAllowed,
			"TRACE /api/v3/version HTTP/1.1\r\nHost: 127.0.0.1:8080":                      http.StatusMethodNotAllowed,
			"TRACE / HTTP/1.1\r\nHost: 127.0.0.1:8080":                                    http.StatusMethodNotAllowed,
			"GET /api/..%2f..%2fmetrics HTTP/1.1\r\nHost: 127.0.0.1:8080":                 http.StatusBadRequest,
			"GET /api/../metrics HTTP/1.1\r\nHost: 127.0.0.1:8080":                        http.StatusBadRequest,
			"GET /api/v3/version HTTP/1.1\r\nHost: localhost:8080\r\nHost: evil.example":  http.StatusBadRequest,
			"GET /api/v3/version HTTP/1.1\r\nHost: localhost:8080\r\nX: " + long(100_000): http.StatusRequestHeaderFieldsTooLarge,
			"GET /" + long(100_000) + " HTTP/1.1\r\nHost: localhost:8080":                 http.StatusRequestHeaderFieldsTooLarge,
		} {
			traq.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
				assert.Equal(t, "/api/v3/version", r.URL.Path)
				return false
			})
			connection := dial(t, newServer(sites[0].handler))
			_, err = io.WriteString(connection, request+"\r\nConnection: close\r\n\r\n")
			require.NoError(t, err)
			response, err := http.ReadResponse(bufio.NewReader(connection), nil)
			if assert.NoError(t, err, "%.80s", request) {
				assert.Equal(t, status, response.StatusCode, "%.80s", request)
			}
		}
	}
}

func long(n int) string { return strings.Repeat("x", n) }

// What a caller begins and does not go on with is ended, whichever part it is.
func TestStalledCallersAreLeft(t *testing.T) {
	const head = "POST /api/v3/login HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
	for _, begun := range []string{"POST /api", head, head + "\r\n{"} {
		server := inMemory(t)
		for _, limit := range []*time.Duration{&server.ReadHeaderTimeout, &server.ReadTimeout, &server.WriteTimeout, &server.IdleTimeout} {
			require.NotZero(t, *limit)
			*limit = 100 * time.Millisecond
		}
		connection := dial(t, server)
		_, err := io.WriteString(connection, begun)
		require.NoError(t, err)
		_, err = io.ReadAll(connection)
		assert.NotErrorIs(t, err, os.ErrDeadlineExceeded, "the server ends it, by a reset where it has not read all: %q", begun)
	}
}
