//go:build !tinygo || oauth2

package authcore

// RevokeToken ends a token at the server (RFC 7009): an access or a refresh token,
// and with either the pair. The server is content with any, known or not. A page in
// the place of its answer, such as a captive portal's, is an error.
func (o *OAuth2) RevokeToken(token string) (*Operation[struct{}], *Error) {
	if err := o.check(OpLogout); err != nil {
		return nil, err
	}
	if !isToken(token) {
		return nil, newError(OpLogout, CodeInvalidArgument, notToken)
	}
	return &Operation[struct{}]{Exchange: o.post(OpLogout, "/oauth2/revoke", "token=\x03&client_id=\x00", token, "")}, nil
}

// isForeign tells that an answer of which nothing is read is not traQ's own, though
// its status is right: traQ's is empty, and has a header that every origin may see.
func (x *Exchange) isForeign(r *Response) bool {
	return (!withCookie || x.form) && x.decode == nil && !r.FromTraQ && (r.ContentType != "" || !flatBodies && r.Body != "")
}
