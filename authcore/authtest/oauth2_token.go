package authtest

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"time"
)

// token is where a client gets its tokens. What it reads it takes from a form's
// body, and from the query too.
func (x *exchange) token() {
	x.noStore()
	switch x.r.FormValue("grant_type") {
	case "authorization_code":
		x.grantByCode()
	case "refresh_token":
		x.grantByRefresh()
	case "password":
		x.grantByPassword()
	case "client_credentials":
		x.grantToClient()
	default:
		x.refuse(http.StatusBadRequest, "unsupported_grant_type")
	}
}

// grantByCode exchanges a code, which is spent whatever comes of it.
func (x *exchange) grantByCode() {
	code := x.r.FormValue("code")
	if code == "" {
		x.refuse(http.StatusBadRequest, "invalid_request")
		return
	}
	a, known := x.oauth2.codes.get(code)
	x.oauth2.codes.delete(code)
	if !known || x.now().Sub(a.at) > decisionTime {
		x.refuse(http.StatusBadRequest, "invalid_grant")
		return
	}
	if !x.authenticateClient(a.client) {
		return
	}
	if x.r.FormValue("redirect_uri") != a.asked.Get("redirect_uri") {
		x.refuse(http.StatusUnauthorized, "invalid_grant")
		return
	}
	if !a.verifies(x.r.FormValue("code_verifier")) {
		x.refuse(http.StatusBadRequest, "invalid_request")
		return
	}
	x.issue(a.client, a.user, a.grants, a.scopes, a.asked.Get("nonce"))
}

// verifies tells whether a verifier is that of the request's challenge (RFC
// 7636, section 4.6); of a request without a challenge it is "".
func (a *authorization) verifies(verifier string) bool {
	challenge := a.asked.Get("code_challenge")
	if verifier == "" {
		return challenge == ""
	}
	if !isPKCE(verifier) {
		return false
	}
	if a.asked.Get("code_challenge_method") == "S256" {
		sum := sha256.Sum256([]byte(verifier))
		verifier = encode(sum[:])
	}
	return verifier == challenge
}

// grantByRefresh puts a new pair of tokens in the place of an old one, which is
// dead at once. Any public client may do so.
func (x *exchange) grantByRefresh() {
	refresh := x.r.FormValue("refresh_token")
	if refresh == "" {
		x.refuse(http.StatusBadRequest, "invalid_request")
		return
	}
	old := x.byRefresh(refresh)
	if old == nil {
		x.refuse(http.StatusBadRequest, "invalid_grant")
		return
	}
	if old.client.Confidential && !x.authenticateClient(old.client) {
		return
	}
	scopes, _, ok := x.requestedScopes(old.Scopes)
	if !ok {
		return
	}
	x.tokens.delete(old.access)
	x.issue(old.client, x.mustUser(old.User), scopes, old.Scopes, "")
}

// grantByPassword grants it to a suspended user too, who cannot use it.
func (x *exchange) grantByPassword() {
	name, password := x.r.FormValue("username"), x.r.FormValue("password")
	if name == "" || password == "" {
		x.refuse(http.StatusBadRequest, "invalid_request")
		return
	}
	c := x.client()
	if c == nil {
		x.refuse(http.StatusBadRequest, "invalid_client")
		return
	}
	if _, secret, _ := x.credentials(); c.Confidential && secret != c.Secret {
		x.refuse(http.StatusUnauthorized, "invalid_client")
		return
	}
	u := x.users[strings.ToLower(name)]
	if u == nil || u.Bot || u.Password != password {
		x.refuse(http.StatusUnauthorized, "invalid_grant")
		return
	}
	if scopes, requested, ok := x.requestedScopes(c.Scopes); ok {
		x.issue(c, u, scopes, requested, "")
	}
}

// grantToClient grants a confidential client a token of no user's.
func (x *exchange) grantToClient() {
	c := x.client()
	if c == nil {
		x.refuse(http.StatusBadRequest, "invalid_client")
		return
	}
	if _, secret, _ := x.credentials(); !c.Confidential {
		x.refuse(http.StatusUnauthorized, "unauthorized_client")
		return
	} else if secret != c.Secret {
		x.refuse(http.StatusUnauthorized, "invalid_client")
		return
	}
	if scopes, requested, ok := x.requestedScopes(c.Scopes); ok {
		x.issue(c, nil, scopes, requested, "")
	}
}

// credentials are a client's, from the Authorization header or else from the form.
func (x *exchange) credentials() (id, secret string, given bool) {
	if id, secret, basic := x.r.BasicAuth(); basic {
		return id, secret, true
	}
	id = x.r.FormValue("client_id")
	return id, x.r.FormValue("client_secret"), id != ""
}

// client is the one that the request names, nil where there is none.
func (x *exchange) client() *OAuth2Client {
	id, _, _ := x.credentials()
	return x.oauth2.clients[id]
}

// authenticateClient tells whether the request is this client's, or answers and
// returns false.
func (x *exchange) authenticateClient(c *OAuth2Client) bool {
	id, secret, given := x.credentials()
	switch {
	case !given:
		x.refuse(http.StatusBadRequest, "invalid_client")
	case id != c.ID || c.Confidential && secret != c.Secret:
		x.refuse(http.StatusUnauthorized, "invalid_client")
	default:
		return true
	}
	return false
}

// requestedScopes returns the request's scopes, and before them those of which
// are available, or answers and returns false.
func (x *exchange) requestedScopes(available []string) (granted, requested []string, ok bool) {
	requested, ok = parseScopes(x.r.FormValue("scope"))
	granted = grantable(requested, available)
	if !ok || len(granted) == 0 {
		x.refuse(http.StatusBadRequest, "invalid_scope")
		return nil, nil, false
	}
	return granted, requested, true
}

// issue answers with a new token. The scopes are told where they are not as many
// as were requested.
func (x *exchange) issue(c *OAuth2Client, u *user, scopes, requested []string, nonce string) {
	token := x.newToken(c, u, scopes)
	answer := struct {
		AccessToken  string `json:"access_token"`
		TokenType    string `json:"token_type"`
		ExpiresIn    int    `json:"expires_in,omitempty"`
		RefreshToken string `json:"refresh_token,omitempty"`
		IDToken      string `json:"id_token,omitempty"`
		Scope        string `json:"scope,omitempty"`
	}{token.access, "Bearer", int(token.life / time.Second), token.refresh, "", ""}
	if len(requested) != len(scopes) {
		answer.Scope = joined(scopes)
	}
	if token.has("openid") {
		if u == nil { // of nobody there is nothing to say
			x.refuse(http.StatusInternalServerError, "server_error")
			return
		}
		answer.IDToken = x.idToken(token, u, nonce)
	}
	x.body(http.StatusOK, answer, "")
}
