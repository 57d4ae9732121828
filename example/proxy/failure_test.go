package proxy_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// fails asks for the version, and wants an error in traQ's form and a line in the log.
func fails(t *testing.T, p page, server, reason string) {
	response, body := p.send("GET", "/api/v3/version?secret=x", "")
	assert.Equal(t, http.StatusBadGateway, response.StatusCode)
	assert.Equal(t, "application/json", response.Header.Get("Content-Type"))
	assert.JSONEq(t, `{"message": "`+server+` does not answer"}`, body)
	p.close()
	assert.True(t, strings.HasPrefix(p.log.String(), "GET /api/v3/version at "+server+": "), p.log)
	assert.Contains(t, p.log.String(), reason)
	assert.Equal(t, 1, strings.Count(p.log.String(), "\n"))
}

func TestServerIsDown(t *testing.T) {
	server := authtest.NewServer()
	server.Close()
	fails(t, open(t, server.URL), server.URL, "connection refused")
}

func TestServerIsNotTrusted(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of the handshake
	server.StartTLS()
	defer server.Close()
	fails(t, open(t, server.URL), server.URL, "certificate")
}

func TestServerHangsUp(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	server.Intercept(func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) })
	fails(t, open(t, server.URL), server.URL, "EOF")
}

func TestServerIsSilent(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		<-r.Context().Done()
		return true
	})
	p := open(t, server.URL)
	limits := p.proxy.Transport.(*http.Transport)
	assert.NotZero(t, limits.ResponseHeaderTimeout)
	assert.NotZero(t, limits.TLSHandshakeTimeout)
	limits.ResponseHeaderTimeout = 50 * time.Millisecond
	fails(t, p, server.URL, "timeout")
}

func TestCallerWhoGoesAwayIsNotLogged(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	ctx, leave := context.WithCancel(t.Context())
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		leave()
		<-r.Context().Done()
		return true
	})
	p := open(t, server.URL)
	request, err := http.NewRequestWithContext(ctx, "GET", p.url+"/api/v3/version", nil)
	require.NoError(t, err)
	_, err = p.browser.Do(request)
	require.ErrorIs(t, err, context.Canceled)
	p.close()
	assert.Empty(t, p.log.String())
}
