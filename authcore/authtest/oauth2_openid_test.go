package authtest_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

func decoded(t *testing.T, text string) []byte {
	b, err := base64.RawURLEncoding.DecodeString(text)
	require.NoError(t, err)
	return b
}

// verified reads a JSON Web Token's claims, and checks its signature with the
// server's own published key.
func verified(t *testing.T, server *authtest.Server, token string) map[string]any {
	parts := strings.Split(token, ".")
	require.Len(t, parts, 3)
	var header struct{ Alg, Kid, Typ string }
	require.NoError(t, json.Unmarshal(decoded(t, parts[0]), &header))
	_, body, _ := get(t, http.DefaultClient, server.URL+"/api/v3/jwks")
	var set struct {
		Keys []struct{ Kty, Crv, Kid, X, Y string }
	}
	require.NoError(t, json.Unmarshal([]byte(body), &set))
	require.Len(t, set.Keys, 1)
	key := set.Keys[0]
	assert.Equal(t, []string{"ES256", "JWT", key.Kid}, []string{header.Alg, header.Typ, header.Kid})
	assert.Equal(t, []string{"EC", "P-256"}, []string{key.Kty, key.Crv})

	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, decoded(t, key.X)...), decoded(t, key.Y)...))
	require.NoError(t, err)
	signature := decoded(t, parts[2])
	require.Len(t, signature, 64)
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	assert.True(t, ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])))

	var claims map[string]any
	require.NoError(t, json.Unmarshal(decoded(t, parts[1]), &claims))
	return claims
}

func TestIDToken(t *testing.T) {
	a := newApp(t, authtest.OAuth2Client{Scopes: []string{"openid", "profile"}})
	a.server.SetRefreshTokens(true)
	got := a.exchange(t, a.code(t, url.Values{"nonce": {"n-1"}, "scope": {"openid"}}), nil)
	assert.Empty(t, got.RefreshToken, "never with openid")
	claims := verified(t, a.server, got.IDToken)
	assert.Equal(t, a.server.URL, claims["iss"])
	assert.Equal(t, a.client.ID, claims["aud"])
	assert.Equal(t, "n-1", claims["nonce"])
	assert.Equal(t, "alice", claims["preferred_username"])
	assert.InDelta(t, a.now.Unix(), claims["iat"], 0)
	assert.InDelta(t, a.now.Unix()+int64(got.ExpiresIn), claims["exp"], 0)
	assert.NotContains(t, claims, "traq")

	claims = verified(t, a.server, a.exchange(t, a.code(t, url.Values{"scope": {"openid profile"}}), nil).IDToken)
	assert.NotContains(t, claims, "nonce")
	assert.Equal(t, "alice", claims["traq"].(map[string]any)["display_name"])
}

func TestAddressesByHTTPS(t *testing.T) {
	server := authtest.NewTLSServer()
	defer server.Close()
	_, body, _ := get(t, server.Client(), server.URL+"/.well-known/openid-configuration")
	assert.Contains(t, body, `"token_endpoint":"`+server.URL+`/api/v3/oauth2/token"`)
}
