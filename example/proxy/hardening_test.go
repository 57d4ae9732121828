package proxy_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/example/proxy"
)

// server answers as a function does, and counts.
func server(t *testing.T, answer http.HandlerFunc) (url string, count *atomic.Int32) {
	count = &atomic.Int32{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count.Add(1)
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL, count
}

// write sends bytes as they are, and gives a reader of what comes back.
func (p page) write(text string) (net.Conn, *bufio.Reader) {
	connection, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	require.NoError(p, err)
	p.Cleanup(func() { _ = connection.Close() })
	_, err = io.WriteString(connection, text)
	require.NoError(p, err)
	return connection, bufio.NewReader(connection)
}

// exchange sends a request's head as it is.
func (p page) exchange(head string) *http.Response {
	_, reader := p.write(head + "\r\nHost: localhost:8080\r\n\r\n")
	response, err := http.ReadResponse(reader, nil)
	require.NoError(p, err, head)
	return response
}

func TestWhatIsNotPlainStaysHere(t *testing.T) {
	url, count := server(t, func(http.ResponseWriter, *http.Request) {})
	p := open(t, url)
	for line, status := range map[string]int{
		"TRACE /api/v3/version":        http.StatusMethodNotAllowed,
		"CONNECT evil.example:443":     http.StatusMethodNotAllowed,
		"PURGE /api/v3/version":        http.StatusMethodNotAllowed,
		"GET /api/..%2fmetrics":        http.StatusBadRequest,
		"GET /api/%2e%2e/metrics":      http.StatusBadRequest,
		"GET /api/%252e%252e/metrics":  http.StatusBadRequest,
		`GET /api/..\metrics`:          http.StatusBadRequest,
		"GET /api/v3/version%00":       http.StatusBadRequest,
		"GET http://evil.example/../x": http.StatusBadRequest,
		"GET //evil.example/api":       http.StatusBadRequest,
	} {
		assert.Equal(t, status, p.exchange(line+" HTTP/1.1").StatusCode, line)
	}
	assert.Zero(t, count.Load())
	assert.Equal(t, http.StatusOK, p.exchange("GET /api/v3/version HTTP/1.1").StatusCode)
	assert.EqualValues(t, 1, count.Load())
}

func TestWhatAServerMayBelieve(t *testing.T) {
	var got http.Header
	url, _ := server(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header })
	p := open(t, url)
	for _, name := range []string{
		"Forwarded", "X-Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-User", "X-Real-IP", "X-Client-IP",
		"True-Client-IP", "CF-Connecting-IP", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override",
		"Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Upgrade",
	} {
		p.send("POST", "/api/v3/logout", "", name, "trusted")
		assert.Empty(t, got.Get(name), name)
	}
	// All of several Connection headers count, also where the first is empty.
	p.exchange("GET /api/v3/version HTTP/1.1\r\nConnection:\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nX-End: 2")
	assert.Empty(t, got.Get("X-Hop"))
	assert.Equal(t, "2", got.Get("X-End"))
}

// An Origin or a Referer is made the server's where it is this host's, and that alone.
func TestOriginsThatAreNotVouchedFor(t *testing.T) {
	var got http.Header
	url, _ := server(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header })
	p := open(t, url)
	host := strings.TrimPrefix(p.url, "http://")
	for _, origin := range []string{
		"http://" + host + ".evil.example", "http://" + host + "@evil.example", "http://evil.example:80", "http://localhost", "http://" + host + "0",
		"ftp://" + host, "chrome-extension://" + host, "javascript://" + host, "//" + host, host, "null",
	} {
		for _, name := range []string{"Origin", "Referer"} {
			p.send("GET", "/api/v3/version", "", name, origin)
			assert.Equal(t, origin, got.Get(name))
		}
	}
	p.send("GET", "/api/v3/version", "", "Referer", "http://alice:secret@"+host+"/x?y")
	assert.Equal(t, url+"/x?y", got.Get("Referer"))
	p.exchange("GET / HTTP/1.1\r\nOrigin: http://localhost:8080\r\nOrigin: http://evil.example")
	assert.Equal(t, []string{"http://localhost:8080", "http://evil.example"}, got["Origin"], "not one for two")
}

func TestUpgrades(t *testing.T) {
	url, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		protocol := r.Header.Get("Upgrade")
		if protocol == "" {
			return
		}
		connection, both, err := http.NewResponseController(w).Hijack()
		if !assert.NoError(t, err) {
			return
		}
		defer func() { _ = connection.Close() }()
		_, _ = fmt.Fprintf(connection, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n", protocol)
		line, _ := both.ReadString('\n')
		_, _ = io.WriteString(connection, "echo "+line)
	})
	p := open(t, url)
	for protocol, status := range map[string]int{
		"websocket": http.StatusSwitchingProtocols, "WebSocket": http.StatusSwitchingProtocols,
		"h2c": http.StatusOK, "HTTP/2.0": http.StatusOK, "TLS/1.0": http.StatusOK, "connect-udp": http.StatusOK, "websocket, h2c": http.StatusOK,
	} {
		connection, reader := p.write("GET /api/v3/ws HTTP/1.1\r\nHost: localhost:8080\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\nUpgrade: " + protocol + "\r\n\r\n")
		response, err := http.ReadResponse(reader, nil)
		require.NoError(t, err)
		assert.Equal(t, status, response.StatusCode, protocol)
		if response.StatusCode == http.StatusSwitchingProtocols {
			_, err = io.WriteString(connection, "hello\n")
			require.NoError(t, err)
			line, err := reader.ReadString('\n')
			require.NoError(t, err)
			assert.Equal(t, "echo hello\n", line)
		}
		require.NoError(t, connection.Close())
	}
}

func TestAnswersThatAreNotOfThePagesOrigin(t *testing.T) {
	url, _ := server(t, func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Set-Cookie", "early=1; Domain=traq.example")
		h.Set("Keep-Alive", "timeout=5")
		w.WriteHeader(http.StatusEarlyHints)
		h.Del("Set-Cookie")
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		h.Set("Alt-Svc", `h3=":443"`)
		h.Set("X-Request-Id", "id")
	})
	_, reader := open(t, url).write("GET /api/v3/version HTTP/1.1\r\nHost: localhost:8080\r\n\r\n")
	response, err := http.ReadResponse(reader, nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, response.StatusCode, "no 103 before it")
	assert.Equal(t, "id", response.Header.Get("X-Request-Id"))
	for _, name := range []string{"Set-Cookie", "Keep-Alive", "Strict-Transport-Security", "Alt-Svc"} {
		assert.Empty(t, response.Header.Get(name), name)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	url, count := server(t, func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	p := open(t, url)
	const large = 33 << 20
	response, body := p.send("PUT", "/api/v3/users/me/icon", strings.Repeat("x", large))
	assert.Equal(t, http.StatusRequestEntityTooLarge, response.StatusCode)
	assert.JSONEq(t, `{"message": "the request's body is too large"}`, body)
	assert.Zero(t, count.Load(), "its length says so")
	// Without a length it is cut where it is too long.
	request, err := http.NewRequest("PUT", p.url+"/api/v3/users/me/icon", io.MultiReader(strings.NewReader(strings.Repeat("x", large))))
	require.NoError(t, err)
	response, err = p.browser.Do(request)
	if err == nil { // else the connection is closed while it is being sent
		assert.Equal(t, http.StatusRequestEntityTooLarge, response.StatusCode)
		require.NoError(t, response.Body.Close())
	}
	p.close()
	assert.Empty(t, p.log.String(), "it is no failure of the server's")
}

func TestEndlessHeadersAreAnError(t *testing.T) {
	url, _ := server(t, func(w http.ResponseWriter, _ *http.Request) {
		for i := range 40 {
			w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("x", 100_000))
		}
	})
	response, _ := open(t, url).send("GET", "/api/v3/version", "")
	assert.Equal(t, http.StatusBadGateway, response.StatusCode)
}

// An answer that goes on is not cut off by the time that a server has for writing.
func TestStreamsOutlastTheServersTimeForWriting(t *testing.T) {
	url, _ := server(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 4 {
			_, _ = io.WriteString(w, "piece\n")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(100 * time.Millisecond)
		}
	})
	origin, err := proxy.Origin(url)
	require.NoError(t, err)
	front := httptest.NewUnstartedServer(proxy.New(origin))
	front.Config.WriteTimeout = 100 * time.Millisecond
	front.Start()
	defer front.Close()
	response, err := http.Get(front.URL + "/api/v3/stream")
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, strings.Repeat("piece\n", 4), string(body))
}
