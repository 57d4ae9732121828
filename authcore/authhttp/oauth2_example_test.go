package authhttp_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// A user signs in to a program that is registered as a public client, with
// PKCE, and the program calls the API with the token.
func ExampleEndpoint() {
	server := authtest.NewServer() // stands for a traQ server
	defer server.Close()
	registered := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "http://127.0.0.1:8765/callback"})
	server.SetRefreshTokens(true)

	config := oauth2.Config{
		ClientID:    registered.ID,
		RedirectURL: registered.RedirectURI,
		Endpoint:    authhttp.Endpoint(server.URL + "/api/v3"),
		Scopes:      []string{"read"},
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	// The program sends the user to traQ, and gets back a code.
	state, verifier := oauth2.GenerateVerifier(), oauth2.GenerateVerifier() // both random
	answer, err := visit(server.Client(), config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)))
	if err != nil {
		log.Fatal(err)
	}
	if answer.Get("state") != state {
		log.Fatal("the answer is not to this request")
	}
	token, err := config.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		log.Fatal(err)
	}

	// A source renews the token when it has expired.
	source := config.TokenSource(ctx, token)
	client, err := authhttp.New(server.URL+"/api/v3", &authhttp.Options{
		NoCookies: true,
		AccessToken: func(context.Context) (string, error) {
			token, err := source.Token()
			if err != nil {
				return "", err
			}
			return token.AccessToken, nil
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	user, err := client.GetUser(ctx)
	fmt.Println(user.Name, err)

	server.RevokeTokens("alice") // elsewhere
	_, err = client.GetUser(ctx)
	fmt.Println(errors.Is(err, authcore.CodeInvalidToken))

	// Output:
	// alice <nil>
	// true
}

// visit does what a user does in a browser: logs in, allows what is asked for,
// and ends up at the program's redirect URI, of which it returns the query.
func visit(browser *http.Client, address string) (url.Values, error) {
	login, err := browser.Get(address)
	if err != nil {
		return nil, err
	}
	defer login.Body.Close()
	consent, err := browser.PostForm(login.Request.URL.String(), url.Values{"name": {"alice"}, "password": {"password1234"}})
	if err != nil {
		return nil, err
	}
	defer consent.Body.Close()
	decide, err := consent.Request.URL.Parse("/api/v3/oauth2/authorize/decide")
	if err != nil {
		return nil, err
	}
	browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	decided, err := browser.PostForm(decide.String(), url.Values{"submit": {"approve"}})
	if err != nil {
		return nil, err
	}
	defer decided.Body.Close()
	back, err := decided.Location()
	if err != nil {
		return nil, err
	}
	return back.Query(), nil
}
