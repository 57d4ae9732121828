package authhttp

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"unicode"

	"github.com/traq-auth/traq-auth/authcore"
)

// Options are what a [Client] may be given beside its address. The zero value
// is the default.
type Options struct {
	// HTTPClient sends the requests: its Transport, its Jar and its Timeout (of
	// a single request) count. It is copied, and not changed: redirects are
	// not followed whatever its CheckRedirect says, and where its Jar is nil,
	// the copy has a new one. nil stands for &http.Client{}.
	HTTPClient *http.Client
	// UserAgent is sent as the header User-Agent; "" stands for net/http's own.
	UserAgent string
	// NoCookies has the client send and keep no cookies, for the use of an
	// AccessToken alone. Login then fails with [authcore.CodeCookieNotKept],
	// though the server has opened a session.
	NoCookies bool
	// AccessToken gives an OAuth2 bearer token, without "Bearer", or "" for
	// none. It is called before each request that takes a token, with the
	// call's context, concurrently where calls are: not for Login, Logout,
	// LinkAccount, LoginWith, ListProviders and GetServerInfo, which refuse or
	// ignore one. nil stands for no token.
	AccessToken func(ctx context.Context) (string, error)
	// AuthURL is the absolute address below which the external providers'
	// entrances are; "" stands for "auth" beside the base URL's last part:
	// https://q.trap.jp/api/auth beside https://q.trap.jp/api/v3.
	AuthURL string
	// AllowedRedirectOrigins are the origins beside the base URL's own that a
	// login or a logout may redirect to: "https://example.com".
	AllowedRedirectOrigins []string
}

// StaticToken gives the same token always, for [Options].AccessToken.
func StaticToken(token string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return token, nil }
}

// New makes a client of the server whose API has this absolute address:
// "https://q.trap.jp/api/v3". options may be nil. Nothing is sent.
//
// The error is one of [authcore.CodeInvalidArgument].
func New(baseURL string, options *Options) (*Client, error) {
	if options == nil {
		options = &Options{}
	}
	base, err := address("baseURL", baseURL)
	if err != nil {
		return nil, err
	}
	if strings.ContainsFunc(options.UserAgent, unicode.IsControl) {
		return nil, wrongOption("UserAgent must be without control characters")
	}
	c := &Client{accessToken: options.AccessToken, userAgent: options.UserAgent}
	c.api.BaseURL = base
	if options.AuthURL != "" {
		if c.api.AuthURL, err = address("AuthURL", options.AuthURL); err != nil {
			return nil, err
		}
	}
	for _, allowed := range options.AllowedRedirectOrigins {
		origin, err := origin("each of AllowedRedirectOrigins", allowed)
		if err != nil {
			return nil, err
		}
		c.api.AllowedRedirectOrigins = append(c.api.AllowedRedirectOrigins, origin)
	}
	if options.NoCookies {
		c.api.Credentials = authcore.CredentialsOmit
	}
	c.http, c.cookieless = httpClients(options.HTTPClient)
	return c, nil
}

// httpClients gives two copies of a client, which may be nil: with cookies and
// without.
func httpClients(given *http.Client) (with, without *http.Client) {
	if given == nil {
		given = &http.Client{}
	}
	bare, cookies := *given, *given
	bare.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	bare.Transport = readableLocation{given.Transport}
	bare.Jar = nil
	cookies.CheckRedirect, cookies.Transport = bare.CheckRedirect, bare.Transport
	if cookies.Jar == nil {
		// Without options it never fails.
		cookies.Jar, _ = cookiejar.New(nil)
	}
	return &cookies, &bare
}
