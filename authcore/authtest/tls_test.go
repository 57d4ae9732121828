package authtest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

func TestTLSServer(t *testing.T) {
	server := authtest.NewTLSServer()
	defer server.Close()
	assert.Regexp(t, `^https://127\.0\.0\.1:\d+$`, server.URL)
	_, err := http.Get(server.URL + "/api/v3/version")
	require.ErrorContains(t, err, "certificate", "whoever does not know it does not trust it")
	login(t, server.Client(), server, "alice")
}

func TestEachClientIsAnotherBrowser(t *testing.T) {
	for _, server := range []*authtest.Server{authtest.NewServer(), authtest.NewTLSServer()} {
		defer server.Close()
		one, other := server.Client(), server.Client()
		login(t, one, server, "alice")
		status, _, _ := get(t, one, server.URL+"/api/v3/users/me")
		assert.Equal(t, http.StatusOK, status)
		status, _, _ = get(t, other, server.URL+"/api/v3/users/me")
		assert.Equal(t, http.StatusUnauthorized, status)
	}
}

type otherTransport struct{}

func (otherTransport) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, http.ErrNotSupported
}

func TestClientWhereTheDefaultTransportIsAnother(t *testing.T) {
	kept := http.DefaultTransport
	defer func() { http.DefaultTransport = kept }()
	http.DefaultTransport = otherTransport{}
	server := authtest.NewTLSServer()
	defer server.Close()
	login(t, server.Client(), server, "alice")
}
