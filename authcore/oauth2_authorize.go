//go:build !tinygo || oauth2

package authcore

// Authorize gives the address at which the server asks the person for consent
// (RFC 6749, section 4.1.1): a browser must be led there, a fetch sees nothing.
//
// The state tells the answer from a forged one, and the challenge is the SHA-256
// of the verifier that [OAuth2.CompleteLogin] then sends, in base64url (RFC 7636,
// section 4.2). A prompt of "none" asks for an answer without a word to the
// person, "" leaves it to the server.
func (o *OAuth2) Authorize(state, challenge, prompt string) (address string, err *Error) {
	if err := o.check(OpLogin); err != nil {
		return "", err
	}
	if !isKey(state) || !isKey(challenge) {
		return "", invalidKey(OpLogin)
	}
	template := "response_type=code&code_challenge_method=S256&client_id=\x00&redirect_uri=\x01&scope=\x02&state=\x03&code_challenge=\x04"
	switch prompt {
	case "":
	case "none":
		template = "prompt=none&" + template
	default:
		return "", newError(OpLogin, CodeInvalidArgument, "prompt must be \"none\" or left out; traQ has no other")
	}
	// A query is encoded as a form is; nothing is sent.
	x := o.post(OpLogin, "/oauth2/authorize?", template, state, challenge)
	return x.Request.URL + x.Request.Body, nil
}

func invalidKey(op string) *Error {
	return newError(op, CodeInvalidArgument, "state, challenge and verifier must be 43 to 128 characters of A-Z, a-z, 0-9, -, ., _ and ~")
}
