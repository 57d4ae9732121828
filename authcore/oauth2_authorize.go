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
	address = o.API.BaseURL + form(
		"/oauth2/authorize?response_type=code&code_challenge_method=S256&client_id=*&redirect_uri=*&scope=*&state=*&code_challenge=*",
		o.ClientID, o.RedirectURI, o.Scope, state, challenge)
	switch prompt {
	case "":
		return address, nil
	case "none":
		return address + "&prompt=none", nil
	}
	return "", invalidArgument(OpLogin, "prompt must be \"none\" or left out; traQ has no other")
}

func invalidKey(op string) *Error {
	return invalidArgument(op, "state, challenge and verifier must be 43 to 128 characters of A-Z, a-z, 0-9, -, ., _ and ~")
}
