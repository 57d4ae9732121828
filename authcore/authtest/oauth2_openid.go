package authtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
)

// OpenID Connect, as far as traQ has it: who a user is, to a client, and in an
// ID token that is signed with ES256 (RFC 7518, section 3.4).

// userInfo is what a client learns of a user, and with the scope profile more.
func (x *exchange) userInfo(u *user, profile bool) map[string]any {
	info := map[string]any{
		"sub":                u.id,
		"name":               u.Name,
		"preferred_username": u.Name,
		"picture":            x.origin() + "/api/v3/public/icon/" + u.Name,
	}
	if profile {
		info["updated_at"] = userUpdatedAt.Unix()
		info["traq"] = map[string]any{
			"bio":          "",
			"bot":          u.Bot,
			"display_name": u.DisplayName,
			"groups":       []string{},
			"home_channel": nil,
			"icon_file_id": u.iconFileID,
			"last_online":  nil,
			"permissions":  userPermissions,
			"state":        u.State.number(),
			"tags":         []string{},
			"twitter_id":   "",
		}
	}
	return info
}

func (x *exchange) idToken(token *issued, u *user, nonce string) string {
	claims := x.userInfo(u, token.has("profile"))
	maps.Copy(claims, map[string]any{
		"iss": x.origin(),
		"aud": token.client.ID,
		"iat": token.at.Unix(),
		"exp": token.at.Add(token.life).Unix(),
	})
	if nonce != "" {
		claims["nonce"] = nonce
	}
	return x.oauth2.key().sign(claims)
}

// signingKey is a key of P-256, with its public half as a JSON Web Key.
type signingKey struct {
	private *ecdsa.PrivateKey
	public  jsonWebKey
}

// jsonWebKey has its members in the order of their names, as RFC 7638 hashes
// them; the id is that hash.
type jsonWebKey struct {
	Curve string `json:"crv"`
	ID    string `json:"kid,omitempty"`
	Type  string `json:"kty"`
	X     string `json:"x"`
	Y     string `json:"y"`
}

func newSigningKey() *signingKey {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic("authtest: no key: " + err.Error())
	}
	point, err := private.PublicKey.Bytes() // 4, X, Y
	if err != nil {
		panic("authtest: no key: " + err.Error())
	}
	public := jsonWebKey{Curve: "P-256", Type: "EC", X: encode(point[1:33]), Y: encode(point[33:])}
	thumbprint := sha256.Sum256(marshal(public))
	public.ID = encode(thumbprint[:])
	return &signingKey{private, public}
}

func (k *signingKey) sign(claims map[string]any) string {
	header := map[string]string{"alg": "ES256", "kid": k.public.ID, "typ": "JWT"}
	text := encode(marshal(header)) + "." + encode(marshal(claims))
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, k.private, sum[:])
	if err != nil {
		panic("authtest: no signature: " + err.Error())
	}
	var signature [64]byte
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return text + "." + encode(signature[:])
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func marshal(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // a value of ours that is no JSON
	}
	return text
}

func (x *exchange) jwks() {
	x.json(map[string]any{"keys": []jsonWebKey{x.oauth2.key().public}})
}

// discovery answers with what the server offers (OpenID Connect Discovery).
func (x *exchange) discovery() {
	api := x.origin() + "/api/v3"
	x.body(http.StatusOK, struct {
		Issuer        string   `json:"issuer"`
		Authorization string   `json:"authorization_endpoint"`
		Token         string   `json:"token_endpoint"`
		UserInfo      string   `json:"userinfo_endpoint"`
		Revocation    string   `json:"revocation_endpoint"`
		EndSession    string   `json:"end_session_endpoint"`
		JWKS          string   `json:"jwks_uri"`
		Scopes        []string `json:"scopes_supported"`
		ResponseTypes []string `json:"response_types_supported"`
		ResponseModes []string `json:"response_modes_supported"`
		Grants        []string `json:"grant_types_supported"`
		Subjects      []string `json:"subject_types_supported"`
		Algorithms    []string `json:"id_token_signing_alg_values_supported"`
		Challenges    []string `json:"code_challenge_methods_supported"`
		RequestURI    bool     `json:"request_uri_parameter_supported"`
	}{
		x.origin(), api + "/oauth2/authorize", api + "/oauth2/token", api + "/users/me/oidc", api + "/oauth2/revoke", api + "/logout", api + "/jwks",
		supportedScopes, []string{"code"}, []string{"query"},
		[]string{"authorization_code", "password", "client_credentials", "refresh_token"},
		[]string{"public"}, []string{"ES256"}, []string{"plain", "S256"}, false,
	}, "")
}
