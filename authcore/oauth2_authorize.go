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
	switch {
	case !isKey(state):
		return "", invalidArgument(OpLogin, "state must be "+aKey)
	case !isKey(challenge):
		return "", invalidArgument(OpLogin, "the challenge must be "+aKey)
	case prompt != "" && prompt != "none":
		return "", invalidArgument(OpLogin, "prompt must be \"none\" or left out; traQ supports no other")
	}
	address = o.API.BaseURL + "/oauth2/authorize?" + form(
		"response_type", "code", "client_id", o.ClientID, "redirect_uri", o.RedirectURI, "scope", o.Scope,
		"state", state, "code_challenge", challenge, "code_challenge_method", "S256")
	if prompt != "" {
		address += "&prompt=none"
	}
	return address, nil
}

const aKey = "43 to 128 characters of a-z, A-Z, 0-9, -, ., _ and ~, made at random"
