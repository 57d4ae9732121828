package authcore

// API is one traQ server, as one caller may use it. Its methods check their
// arguments and give the operation to run.
type API struct {
	// BaseURL is the API's absolute address without a trailing slash:
	// https://q.trap.jp/api/v3.
	BaseURL string
	// AuthURL is the address below which the external providers' entrances
	// are; "" stands for "auth" beside BaseURL's last part.
	AuthURL string
	// Credentials is the mode for every call; "" stands for "same-origin".
	Credentials Credentials
	// AccessToken is an OAuth2 bearer token for the calls that take one; ""
	// for none.
	AccessToken string
	// CrossOrigin tells that the caller's origin is not the server's, so that
	// a failed fetch may be the browser's doing.
	CrossOrigin bool
	// AllowedRedirectOrigins are the origins beside BaseURL's own that a
	// redirect may lead to, as a URL parser gives them: https://example.com.
	AllowedRedirectOrigins []string
}

func (api *API) credentials() Credentials {
	if !withCookie {
		return CredentialsOmit
	}
	if api.Credentials == "" {
		return CredentialsSameOrigin
	}
	return api.Credentials
}

// exchange is one that begins with a request that carries no token: login,
// logout and link refuse or ignore one.
func (api *API) exchange(op, method, path string, status int) *Exchange {
	x := &Exchange{Op: op, api: api, status: status}
	x.ask(method, path)
	return x
}

// authorized is an exchange that begins with a request that carries the bearer
// token, if there is one.
func (api *API) authorized(op, method, path string, status int) (*Exchange, *Error) {
	x := api.exchange(op, method, path, status)
	if api.AccessToken == "" {
		return x, nil
	}
	// RFC 6750, section 2.1: b64token. Anything else could break out of the header.
	for i := 0; i < len(api.AccessToken); i++ {
		if c := api.AccessToken[i]; !isAlphanumeric(c) && indexByte("-._~+/=", c) < 0 {
			return nil, invalidArgument(op, notToken)
		}
	}
	x.Request.Authorization = "Bearer " + api.AccessToken
	x.secret = api.AccessToken
	return x, nil
}

const notToken = "accessToken must be the token alone, without \"Bearer\""

// ask makes a request that carries no token the next.
func (x *Exchange) ask(method, path string) {
	x.Request = Request{Method: method, URL: x.api.BaseURL + path, Credentials: x.api.credentials()}
}

// losesCookies tells whether a cookie set by this response was thrown away by
// the browser: a cross-origin fetch keeps cookies with "include" only.
func (api *API) losesCookies(r *Response) bool {
	return api.credentials() == CredentialsOmit ||
		r.Type == "cors" && api.credentials() != CredentialsInclude
}
