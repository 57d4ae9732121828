package authtest

import (
	"bufio"
	"fmt"
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
)

// What a caller can make the server wait for, or keep.

// dial sends bytes as they are, and goes no further.
func dial(t *testing.T, s *Server, text string) net.Conn {
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = connection.Close() })
	require.NoError(t, connection.SetDeadline(time.Now().Add(30*time.Second)))
	_, err = io.WriteString(connection, text)
	require.NoError(t, err)
	return connection
}

// answersOthers asks for what needs the server's lock.
func answersOthers(t *testing.T, s *Server) {
	client := &http.Client{Timeout: 20 * time.Second}
	response, err := client.Get(s.URL + "/api/v3/version")
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusOK, response.StatusCode)
}

func TestCallersWhoStallStopNobodyElse(t *testing.T) {
	s := NewServer()
	defer s.Close()
	cookie := "\r\nCookie: r_session=" + s.OpenSession("bob")
	const half = "\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
	const chunked = "\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
	for _, request := range []string{"POST /api/v3/login", "POST /api/v3/logout", "GET /api/v3/version", "GET /_provider/authorize", "PUT /api/v3/users/me/password", "POST /api/v3/users/me/ex-accounts/link"} {
		for _, stalled := range []string{half, chunked} {
			dial(t, s, request+" HTTP/1.1"+cookie+stalled)
			time.Sleep(10 * time.Millisecond) // so that it is there first
			answersOthers(t, s)
		}
	}
	// One who does not read a long answer, many times.
	for range 15_000 {
		s.OpenSession("bob")
	}
	list := "GET /api/v3/users/me/sessions HTTP/1.1\r\nHost: x" + cookie + "\r\n\r\n"
	dial(t, s, strings.Repeat(list, 20))
	time.Sleep(500 * time.Millisecond)
	answersOthers(t, s)
}

func TestStalledCallersAreLeft(t *testing.T) {
	s := NewUnstartedServer()
	const head = "POST /api/v3/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n"
	for _, begun := range []string{"", "POST", head, head + "\r\n{"} {
		server := s.bounded()
		for _, limit := range []*time.Duration{&server.ReadTimeout, &server.ReadHeaderTimeout, &server.IdleTimeout} {
			require.NotZero(t, *limit)
			*limit = 50 * time.Millisecond
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		go func() { _ = server.Serve(listener) }() // ends with Close
		connection := dial(t, &Server{URL: "http://" + listener.Addr().String()}, begun)
		_, err = io.ReadAll(connection)
		assert.NotErrorIs(t, err, os.ErrDeadlineExceeded, "the server ends it, by a reset where it has not read all: %q", begun)
		require.NoError(t, server.Close())
	}
}

func TestLargeRequestsAreRefused(t *testing.T) {
	s := NewServer()
	defer s.Close()
	for _, body := range []io.Reader{
		strings.NewReader(strings.Repeat("x", maxBody+1)),
		io.MultiReader(strings.NewReader(strings.Repeat("x", maxBody+1))), // of no length
	} {
		request := httptest.NewRequest("POST", "/api/v3/login", body)
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, request)
		assert.Equal(t, http.StatusRequestEntityTooLarge, recorder.Code)
		assert.JSONEq(t, `{"message": "Request Entity Too Large"}`, recorder.Body.String())
		assert.NotEmpty(t, recorder.Header().Get("X-Traq-Version"))
	}
	connection := dial(t, s, "GET /api/v3/version HTTP/1.1\r\nHost: x\r\nX: "+strings.Repeat("x", 2*maxHeader)+"\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusRequestHeaderFieldsTooLarge, response.StatusCode)
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	s := NewUnstartedServer()
	send := func(method, target string) int {
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, httptest.NewRequest(method, target, nil))
		return recorder.Code
	}
	for i := range 3000 {
		send("GET", fmt.Sprint("/api/v3/", i))
		require.Equal(t, http.StatusFound, send("GET", "/api/auth/oidc"))
		require.Equal(t, http.StatusFound, send("GET", "/_provider/authorize?state=x&redirect_uri=/api/auth/oidc/callback&decision=approve&account=x"))
	}
	assert.Len(t, s.counts.entries, 1000)
	assert.Len(t, s.states.entries, 1000)
	assert.Len(t, s.codes.entries, 1000)
	assert.Equal(t, 3000, s.Requests())
	assert.Equal(t, 1, s.Count("GET", "/api/v3/2999"), "the last is known")
	assert.Zero(t, s.Count("GET", "/api/v3/0"))
	send("GET", "/"+strings.Repeat("x", 300))
	assert.Zero(t, s.Count("GET", "/"+strings.Repeat("x", 300)), "nor is a long one kept")
	assert.Equal(t, http.StatusBadRequest, send("GET", "/_provider/authorize?state=x&redirect_uri=/api/auth/oidc/callback&decision=approve&account="+strings.Repeat("x", 300)))
	last := ""
	for range 30_000 {
		last = s.OpenSession("alice")
	}
	assert.Len(t, s.sessions.entries, 20_000)
	s.AgeSession(last, time.Hour)
}

func TestRecent(t *testing.T) {
	r := newRecent[int](3)
	for i, key := range []string{"a", "b", "a", "c", "d"} {
		r.put(key, i)
	}
	assert.Equal(t, map[string]int{"b": 1, "c": 3, "d": 4}, r.entries, "the oldest has made room")
	r.delete("c")
	_, known := r.get("c")
	assert.False(t, known)
	for i, key := range []string{"e", "f", "g", "h"} {
		r.put(key, i)
	}
	assert.Equal(t, map[string]int{"f": 1, "g": 2, "h": 3}, r.entries)
	assert.Len(t, r.order, 3)
}

func TestWhatOAuth2KeepsIsBounded(t *testing.T) {
	s := NewUnstartedServer()
	client := s.RegisterClient(OAuth2Client{RedirectURI: "app:/back"})
	cookie := s.OpenSession("alice")
	authorize := func(more string) *httptest.ResponseRecorder {
		recorder := httptest.NewRecorder()
		request := httptest.NewRequest("GET", "/api/v3/oauth2/authorize?response_type=code&client_id="+client.ID+more, nil)
		request.AddCookie(&http.Cookie{Name: "r_session", Value: cookie})
		s.ServeHTTP(recorder, request)
		return recorder
	}
	assert.Equal(t, http.StatusFound, authorize("&state="+strings.Repeat("x", 15_000)).Code)
	assert.Equal(t, http.StatusBadRequest, authorize("&state="+strings.Repeat("x", 17_000)).Code)
	assert.Equal(t, http.StatusFound, authorize("&unknown="+strings.Repeat("x", 17_000)).Code, "what is not known is not kept")
	access, _ := s.IssueToken(client.ID, "alice", "read")
	for range 1100 {
		require.Contains(t, authorize("&prompt=none").Header().Get("Location"), "?code=")
	}
	assert.Len(t, s.oauth2.codes.entries, 1000)
	for range 20_000 {
		s.IssueToken(client.ID, "alice", "read")
	}
	assert.Len(t, s.tokens.entries, 20_000)
	_, known := s.tokens.get(access)
	assert.False(t, known, "the oldest has made room")
}
