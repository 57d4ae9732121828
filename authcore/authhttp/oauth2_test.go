package authhttp_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/oauth2"

	"github.com/traq-auth/traq-auth/authcore/authhttp"
)

func TestEndpoint(t *testing.T) {
	for _, baseURL := range []string{"https://q.trap.jp/api/v3", "https://q.trap.jp/api/v3/"} {
		assert.Equal(t, oauth2.Endpoint{
			AuthURL:   "https://q.trap.jp/api/v3/oauth2/authorize",
			TokenURL:  "https://q.trap.jp/api/v3/oauth2/token",
			AuthStyle: oauth2.AuthStyleInParams,
		}, authhttp.Endpoint(baseURL))
	}
}
