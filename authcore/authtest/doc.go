// Package authtest is a traQ server in memory, for tests and for the example:
// the Authentication API, the entrances of external providers and such a
// provider, and OAuth2, as a traQ v3.28.4 answers them.
//
// It is used like net/http/httptest:
//
//	server := authtest.NewServer()
//	defer server.Close()
//	server.Client().Get(server.URL + "/api/v3/version")
//
// by HTTPS (NewTLSServer), or as an [http.Handler] behind a listener of one's own (NewUnstartedServer).
// The users alice, bob, flooder and traq (its password is traq) are there, with
// the password password1234, and so are deactivated, suspended, nopass and
// BOT_alicebot, of which none can log in. The provider oidc is enabled.
//
// OAuth2 needs a client, which RegisterClient registers, and in the user's browser
// the pages /login and /consent of traQ's web UI: a handler in front of the server
// lets these two through as well as what is below /api/ and /_provider/. IssueToken
// is the short way to a token; AgeTokens and RevokeTokens end one.
//
// What belongs here: how the server answers, one concept a file; replay_test.go
// holds it against recordings of a real one. What does not: anything of the
// client's.
package authtest
