package proxy_test

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// What reaches the server, and what comes back, apart from cookies and redirects.

func TestRequestHeaders(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	p := open(t, server.URL)
	var got *http.Request
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		got = r
		return false
	})
	p.send("GET", "/api/v3/version?a=1;b=%zz", "",
		"Origin", p.url, "Referer", p.url+"/page?x=1", "User-Agent", "browser", "Authorization", "Bearer x", "Sec-Fetch-Site", "same-origin",
		"Forwarded", "for=1.2.3.4", "X-Forwarded-For", "1.2.3.4", "X-Forwarded-Host", "page.example", "X-Forwarded-Proto", "http",
		"X-Forwarded-Port", "8080", "X-Real-IP", "1.2.3.4", "Connection", "X-Hop", "X-Hop", "1")
	assert.Equal(t, strings.TrimPrefix(server.URL, "http://"), got.Host)
	assert.Equal(t, "/api/v3/version?a=1;b=%zz", got.RequestURI, "a query is the server's to judge")
	assert.Equal(t, http.Header{
		"Origin":          {server.URL},
		"Referer":         {server.URL + "/page?x=1"},
		"User-Agent":      {"browser"},
		"Authorization":   {"Bearer x"},
		"Sec-Fetch-Site":  {"same-origin"},
		"Accept-Encoding": {"gzip"}, // this test's client's own
	}, got.Header)
}

func TestAnotherPageStaysAnother(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	p := open(t, server.URL)
	var origin, referer string
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		origin, referer = r.Header.Get("Origin"), r.Header.Get("Referer")
		return false
	})
	for _, other := range []string{"https://else.example", "null", ""} {
		response, _ := p.send("GET", "/api/v3/version", "", "Origin", other, "Referer", other)
		assert.Equal(t, other, origin)
		assert.Equal(t, other, referer)
		if other != "" {
			assert.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"), "the server's own answer to other origins")
		}
	}
	response, _ := p.send("OPTIONS", "/api/v3/login", "", "Origin", "https://else.example", "Access-Control-Request-Method", "POST")
	assert.Equal(t, http.StatusNoContent, response.StatusCode)
	assert.Empty(t, response.Header.Get("Access-Control-Allow-Credentials"))
}

func TestLargeBodies(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	p := open(t, server.URL)
	server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		body, err := io.ReadAll(r.Body) // all of it first: HTTP/1 does not promise both at once
		assert.NoError(t, err)
		_, err = w.Write(body)
		assert.NoError(t, err)
		return true
	})
	random := make([]byte, 4<<20)
	_, _ = rand.Read(random)
	sent := hex.EncodeToString(random)
	response, got := p.send("PUT", "/api/v3/users/me/icon", sent)
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assert.True(t, sent == got, "%d of %d bytes came back, or others", len(got), len(sent))
}

func TestCompressedBodies(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	p := open(t, server.URL)
	p.login()
	for range 40 {
		server.OpenSession("alice")
	}
	const sessions = "/api/v3/users/me/sessions"
	response, zipped := p.send("GET", sessions, "", "Accept-Encoding", "gzip") // so that the client does not unpack it
	assert.Equal(t, "gzip", response.Header.Get("Content-Encoding"))
	reader, err := gzip.NewReader(strings.NewReader(zipped))
	require.NoError(t, err)
	list, err := io.ReadAll(reader)
	require.NoError(t, err)
	assert.Equal(t, 41, bytes.Count(list, []byte("issuedAt")))

	p.browser.Transport = &http.Transport{DisableCompression: true}
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		assert.Empty(t, r.Header.Get("Accept-Encoding"), "nobody asked for it")
		return false
	})
	response, plain := p.send("GET", sessions, "")
	assert.Empty(t, response.Header.Get("Content-Encoding"))
	assert.Equal(t, string(list), plain)
}

// A response is passed on while it is still being written.
func TestStream(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	p := open(t, server.URL)
	p.browser.Timeout = 5 * time.Second
	more := make(chan struct{})
	server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "one\n")
		_ = http.NewResponseController(w).Flush()
		select {
		case <-more:
		case <-r.Context().Done():
		}
		_, _ = io.WriteString(w, "two\n")
		return true
	})
	response, err := p.browser.Get(p.url + "/api/v3/stream")
	require.NoError(t, err)
	first := make([]byte, 4)
	_, err = io.ReadFull(response.Body, first)
	require.NoError(t, err)
	assert.Equal(t, "one\n", string(first))
	close(more)
	rest, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, "two\n", string(rest))
}
