package scenarios

import (
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// actOnOAuth2 does an action on OAuth2's clients and tokens, and returns whether
// it is one.
func actOnOAuth2(server *authtest.Server, action string, texts []string) (done bool, err error) {
	switch {
	case action == "client" && len(texts) >= 2:
		server.RegisterClient(authtest.OAuth2Client{ID: texts[0], RedirectURI: texts[1], Scopes: texts[2:]})
	case action == "confidential-client" && len(texts) >= 3:
		server.RegisterClient(authtest.OAuth2Client{ID: texts[0], Secret: texts[1], Confidential: true, RedirectURI: texts[2], Scopes: texts[3:]})
	case action == "refresh-tokens" && len(texts) == 1 && (texts[0] == "on" || texts[0] == "off"):
		server.SetRefreshTokens(texts[0] == "on")
	case action == "token-life" && len(texts) == 1:
		return true, withDuration(texts[0], server.SetAccessTokenLife)
	case action == "age-tokens" && len(texts) == 2:
		return true, withDuration(texts[1], func(by time.Duration) { server.AgeTokens(texts[0], by) })
	case action == "revoke-tokens" && len(texts) == 1:
		server.RevokeTokens(texts[0])
	default:
		return false, nil
	}
	return true, nil
}
