//go:build !tinygo || oauth2

package authcore

// The names of [OAuth2.CompleteLogin] and [OAuth2.Refresh].
const (
	OpCompleteLogin = "completeLogin"
	OpRefreshToken  = "refreshToken"
)

// Transaction is what a login leaves behind for the way back.
type Transaction struct {
	State, Verifier string
}

// Token is what the server gave (RFC 6749, section 5.1).
type Token struct {
	AccessToken string
	// RefreshToken is what a new one is to be had for; "" where it is not.
	RefreshToken string
	// ExpiresIn is how many seconds it is good for; 0 where the server is silent.
	ExpiresIn int
	// Scope is what it is good for: "read write".
	Scope string
}

// CompleteLogin is the exchange of the code in an answer for a token (RFC 6749,
// section 4.1.3). The transaction is the one with the answer's state or, where
// there is none, another that is under way or the zero value.
func (o *OAuth2) CompleteLogin(callback *Callback, t Transaction) (*Operation[Token], *Error) {
	if err := o.check(OpCompleteLogin); err != nil {
		return nil, err
	}
	c, err := o.readCallback(callback)
	switch {
	case err != nil:
		return nil, err
	case t.State == "":
		return nil, newError(OpCompleteLogin, CodeLoginNotStarted, "no login was started here, or too long ago; log in again")
	case t.State != c[callbackState]:
		return nil, stateMismatch()
	}
	x := o.post(OpCompleteLogin, "/oauth2/token",
		"grant_type=authorization_code&code=\x03&redirect_uri=\x01&client_id=\x00&code_verifier=\x04", c[callbackCode], t.Verifier)
	if c[callbackError] != "" {
		if err := x.refusal(c[callbackError], c[callbackDescription]); err != nil {
			return nil, err
		}
		return nil, invalidCallback("error is unknown")
	}
	if !isKey(t.Verifier) {
		return nil, invalidKey(OpCompleteLogin)
	}
	return granting(x, Token{Scope: o.Scope}), nil
}

// Refresh is the exchange of a refresh token for a new token (RFC 6749, section
// 6). traQ ends the old pair at once, whether or not the answer arrives.
func (o *OAuth2) Refresh(old Token) (*Operation[Token], *Error) {
	if err := o.check(OpRefreshToken); err != nil {
		return nil, err
	}
	if !isToken(old.RefreshToken) {
		return nil, newError(OpRefreshToken, CodeInvalidArgument, notToken)
	}
	x := o.post(OpRefreshToken, "/oauth2/token", "grant_type=refresh_token&refresh_token=\x03&client_id=\x00", old.RefreshToken, "")
	return granting(x, Token{RefreshToken: old.RefreshToken, Scope: old.Scope}), nil
}

// granting is an operation that yields a token, of which asked is what the answer
// does not repeat.
func granting(x *Exchange, asked Token) *Operation[Token] {
	return reading(x, func(r *jsonReader, t *Token) {
		values := [5]string{2: asked.RefreshToken, 3: asked.Scope}
		seen := r.texts("access_token token_type refresh_token scope expires_in", &values)
		r.require(isToken(values[0]) && sameName(values[1], "bearer"), "a token of the type Bearer")
		r.require(seen&4 == 0 || isToken(values[2]), "a token to refresh it with")
		r.require(seen&8 == 0 || isScope(values[3]), "a scope")
		*t = Token{values[0], values[2], r.positive(values[4]), values[3]}
	})
}

// positive reads a whole number from 1 to 999,999,999, which has room in an int of
// any size; what is left out is 0.
func (r *jsonReader) positive(digits string) int {
	r.require(!hasPrefix(digits, "0"), "a positive number")
	n := 0
	for i := 0; i < len(digits); i++ {
		if !isDigit(digits[i]) || i == 9 {
			r.fail(malformed)
			break
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n
}
