// Package authtest is a traQ server in memory, for tests and for the example:
// the Authentication API, the entrances of external providers, and such a
// provider, as a traQ v3.28.4 answers them.
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
// What belongs here: how the server answers, one concept a file; replay_test.go
// holds it against recordings of a real one. What does not: anything of the
// client's.
package authtest
