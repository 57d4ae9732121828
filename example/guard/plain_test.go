package guard_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/example/guard"
)

// status sends a request's first line as it is, which a client would mend.
func status(t *testing.T, server *httptest.Server, line string) int {
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer func() { require.NoError(t, connection.Close()) }()
	_, err = fmt.Fprintf(connection, "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", line)
	require.NoError(t, err)
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	require.NoError(t, err, line)
	require.NoError(t, response.Body.Close())
	return response.StatusCode
}

func TestPlainMethods(t *testing.T) {
	server := httptest.NewServer(guard.Plain(answers))
	defer server.Close()
	for method, want := range map[string]int{
		"GET": 204, "HEAD": 204, "POST": 204, "PUT": 204, "PATCH": 204, "DELETE": 204, "OPTIONS": 204,
		"TRACE": 405, "TRACK": 405, "CONNECT": 405, "get": 405, "Get": 405, "PROPFIND": 405, "MOVE": 405, "DEBUG": 405, "X": 405,
	} {
		assert.Equal(t, want, status(t, server, method+" /api/v3/version"), method)
	}
	assert.Equal(t, 405, status(t, server, "CONNECT evil.example:443"))
	response := httptest.NewRecorder()
	guard.Plain(answers).ServeHTTP(response, httptest.NewRequest("TRACE", "/", nil))
	assert.Equal(t, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", response.Header().Get("Allow"))
}

func TestPlainPaths(t *testing.T) {
	server := httptest.NewUnstartedServer(guard.Plain(answers))
	server.Config.DisableGeneralOptionsHandler = true
	server.Start()
	defer server.Close()
	for want, paths := range map[int][]string{
		http.StatusNoContent: {
			"/", "/pkg/index.js", "/api/v3/users/me/sessions/0192f1a0-0000-7000-8000-000000000000", "/api/v3/users/me/sessions/",
			"/api/v3/files/a.b..c", "/...", "/.well-known/x", "/a/..b", "/a/b..", "/%E3%81%82", "/\u3042", "/a%20b", "/a;b=c", "/100%25", "/a+b",
			"/api/v3/login?redirect=../..%2f%2e%2e/x&y=%252f%00", "http://localhost/api/v3/version",
		},
		http.StatusBadRequest: {
			"/..", "/.", "/../x", "/api/../x", "/api/./x", "/api/..", "/api/.", "/api/v3/../../x",
			"/api/..%2fx", "/api/..%2Fx", "/api/%2e%2e/x", "/api/%2E./x", "/api/.%2e/x", "/api/%2e/x", "/api/%2e%2e%2fx", "/api/v3%2f..%2fx", "/api%2fv3",
			`/api/..\x`, "/api/..%5cx", "/api/..%5Cx", `/api\v3`, "/api%5c..", "/\\evil.example",
			"/api/%252e%252e/x", "/api/..%252fx", "/api/%25252e", "/api/%255c", "/api/%2500", "/api/%25c0%25ae",
			"/api/..;/x", "/api/..;a=b/x", "/api/.;/x", "/api/%2e%2e;/x", "/api/..%3b/x", "/api/;/x",
			"//", "//x", "//evil.example/x", "/api//x", "/api/v3//", "///x",
			"/api/%00", "/api/x%00.js", "/api/%0d%0aX:y", "/api/%09", "/api/%1f", "/api/%7f", "/api/%C2%85",
			"/api/%c0%ae%c0%ae/x", "/api/%c0%afx", "/api/%ff", "/api/\xff",
			"/\u3042%2f..%2fx", "/\u3042%2fx",
			"*", "http://localhost/api/../x", "http://localhost/api/..%2fx", "http://localhost", "/api/%", "/api/%zz", "/api/\x01",
		},
	} {
		for _, path := range paths {
			method := "GET"
			if path == "*" {
				method = "OPTIONS"
			}
			assert.Equal(t, want, status(t, server, method+" "+path), path)
			if strings.HasPrefix(path, "/") && want == http.StatusBadRequest {
				assert.Equal(t, want, status(t, server, "GET http://localhost"+path), path)
			}
		}
	}
}
