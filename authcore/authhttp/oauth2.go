package authhttp

import (
	"strings"

	"golang.org/x/oauth2"
)

// Endpoint returns where package golang.org/x/oauth2 finds the OAuth2 of the
// server whose API has this absolute address: "https://q.trap.jp/api/v3".
//
// The client's credentials go into the request's body, as traQ expects them of a
// public client, which has no secret and uses PKCE instead.
func Endpoint(baseURL string) oauth2.Endpoint {
	api := strings.TrimRight(baseURL, "/") + "/oauth2/"
	return oauth2.Endpoint{
		AuthURL:   api + "authorize",
		TokenURL:  api + "token",
		AuthStyle: oauth2.AuthStyleInParams,
	}
}
