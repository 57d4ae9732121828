//go:build !tinygo || oauth2

package authcore

// RevokeToken ends a token at the server (RFC 7009): an access or a refresh token,
// and with either the pair. The server is content with any, known or not.
func (o *OAuth2) RevokeToken(token string) (*Operation[struct{}], *Error) {
	if err := o.check(OpLogout); err != nil {
		return nil, err
	}
	if !isToken(token) {
		return nil, newError(OpLogout, CodeInvalidArgument, notToken)
	}
	return &Operation[struct{}]{Exchange: o.post(OpLogout, "/oauth2/revoke", "token=\x03&client_id=\x00", token, "")}, nil
}
