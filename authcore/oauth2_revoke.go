//go:build !tinygo || oauth2

package authcore

// RevokeToken ends a token at the server (RFC 7009): an access or a refresh token,
// and with either the pair. The server is content with any, known or not.
func (o *OAuth2) RevokeToken(token string) (*Operation[struct{}], *Error) {
	if err := o.check(OpLogout); err != nil {
		return nil, err
	}
	if !isToken(token) {
		return nil, invalidArgument(OpLogout, notToken)
	}
	x := o.post(OpLogout, "/oauth2/revoke", form("token=*&client_id=*", token, o.ClientID))
	x.secret = token
	return &Operation[struct{}]{Exchange: x}, nil
}
