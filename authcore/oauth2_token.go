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

// CompleteLogin is the exchange of the code in an address for a token (RFC 6749,
// section 4.1.3). The transaction is the one with the address's state or, where
// there is none, another that is under way or the zero value.
func (o *OAuth2) CompleteLogin(url string, t Transaction) (*Operation[Token], *Error) {
	if err := o.check(OpCompleteLogin); err != nil {
		return nil, err
	}
	c, err := o.readCallback(url)
	switch {
	case err != nil:
		return nil, err
	case t.State == "":
		return nil, &Error{Op: OpCompleteLogin, Code: CodeLoginNotStarted, Message: "no login was started here, or too long ago; log in again"}
	case t.State != c[callbackState]:
		return nil, stateMismatch()
	}
	x := o.post(OpCompleteLogin, "/oauth2/token", form(
		"grant_type=authorization_code&code=*&redirect_uri=*&client_id=*&code_verifier=*",
		c[callbackCode], o.RedirectURI, o.ClientID, t.Verifier))
	x.secret, x.verifier = c[callbackCode], t.Verifier
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
		return nil, invalidArgument(OpRefreshToken, notToken)
	}
	x := o.post(OpRefreshToken, "/oauth2/token", form(
		"grant_type=refresh_token&refresh_token=*&client_id=*", old.RefreshToken, o.ClientID))
	x.secret = old.RefreshToken
	return granting(x, Token{RefreshToken: old.RefreshToken, Scope: old.Scope}), nil
}

// granting is an operation that yields a token, of which asked is what the answer
// does not repeat.
func granting(x *Exchange, asked Token) *Operation[Token] {
	return reading(x, func(r *jsonReader, t *Token) {
		*t = asked
		decodeToken(r, t)
	})
}

func decodeToken(r *jsonReader, t *Token) {
	kind := ""
	for r.open('{'); r.more('}'); {
		switch r.key() {
		case "access_token":
			t.AccessToken = r.token()
		case "token_type":
			kind = r.string()
		case "expires_in":
			t.ExpiresIn = r.positive()
		case "refresh_token":
			t.RefreshToken = r.token()
		case "scope":
			t.Scope = r.string()
			r.require(isScope(t.Scope), "a scope")
		default:
			r.skipValue()
		}
	}
	r.require(t.AccessToken != "" && sameName(kind, "bearer"), "a token of the type Bearer")
}

// token reads a token, of which one that could break out of a header is none.
func (r *jsonReader) token() string {
	s := r.string()
	r.require(isToken(s), "a token")
	return s
}

// positive reads a whole number from 1 to 999,999,999, which has room in an int of
// any size.
func (r *jsonReader) positive() int {
	r.peek()
	start, n := r.pos, 0
	for r.pos < len(r.text) && isDigit(r.text[r.pos]) && n < 100_000_000 {
		n = n*10 + int(r.text[r.pos]-'0')
		r.pos++
		r.require(n > 0, "a positive number")
	}
	if r.pos == start {
		r.fail(malformed)
	}
	return n
}
