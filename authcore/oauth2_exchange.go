//go:build !tinygo || oauth2

package authcore

// withOAuth2 tells that an exchange may be one of OAuth2's. The module of the
// cookie client is built without, so that it is not a byte larger for it.
const withOAuth2 = true

// oauth2Exchange is what an exchange of OAuth2's has besides.
type oauth2Exchange struct {
	// form tells that it is one of OAuth2's own endpoints that is asked.
	form bool
	// verifier is what else no error may tell, beside the code that it is sent with.
	verifier string
}

func (x *oauth2Exchange) otherSecret() string { return x.verifier }
