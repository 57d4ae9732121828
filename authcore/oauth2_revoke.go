//go:build !tinygo || oauth2

package authcore

// RevokeToken ends a token at the server (RFC 7009): an access or a refresh token,
// and with either the pair. The server is content with any, known or not.
func (o *OAuth2) RevokeToken(token string) (*Operation[struct{}], *Error) {
	if err := o.check(OpLogout); err != nil {
		return nil, err
	}
	if !isToken(token) {
		return nil, invalidArgument(OpLogout, "the token must be the token alone, without \"Bearer\"")
	}
	x := o.post(OpLogout, "/oauth2/revoke", form("token", token, "client_id", o.ClientID))
	x.secret = token
	return &Operation[struct{}]{Exchange: x}, nil
}
