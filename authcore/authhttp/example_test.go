package authhttp_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/authcore/authtest"
)

func ExampleClient() {
	server := authtest.NewServer() // stands for a traQ server
	defer server.Close()

	client, err := authhttp.New(server.URL+"/api/v3", nil)
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	err = client.Login(ctx, "alice", "a wrong password")
	var e *authcore.Error
	if errors.As(err, &e) && e.Code == authcore.CodeInvalidCredentials {
		fmt.Println("the server says:", e.ServerMessage)
	}

	if err := client.Login(ctx, "alice", "password1234"); err != nil {
		log.Fatal(err)
	}
	sessions, err := client.ListSessions(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for _, session := range sessions {
		fmt.Println("open for less than a minute:", time.Since(session.IssuedAt) < time.Minute)
	}
	fmt.Println(client.Logout(ctx))

	// Output:
	// the server says: password or id is wrong
	// open for less than a minute: true
	// <nil>
}

// The rest of traQ's API is called with the same session, where both clients have
// the same cookie jar.
func ExampleNew_sharedJar() {
	server := authtest.NewTLSServer()
	defer server.Close()

	shared := server.Client() // an http.Client with a jar; of your own, &http.Client{Jar: jar}
	auth, err := authhttp.New(server.URL+"/api/v3", &authhttp.Options{HTTPClient: shared, UserAgent: "my-tool/1.0"})
	if err != nil {
		log.Fatal(err)
	}
	if err := auth.Login(context.Background(), "alice", "password1234"); err != nil {
		log.Fatal(err)
	}
	response, err := shared.Get(server.URL + "/api/v3/users/me")
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status)

	err = auth.Login(context.Background(), "alice", "password1234")
	fmt.Println(errors.Is(err, authcore.CodeAlreadyLoggedIn))

	// Output:
	// 200 OK
	// true
}

// A program that has an access token needs no session and no cookies.
func ExampleOptions() {
	server := authtest.NewServer()
	defer server.Close()
	server.AddToken("the-token", authtest.Token{User: "alice", Scopes: []string{"read"}})

	client, err := authhttp.New(server.URL+"/api/v3", &authhttp.Options{
		AccessToken: authhttp.StaticToken("the-token"),
		NoCookies:   true,
	})
	if err != nil {
		log.Fatal(err)
	}
	user, err := client.GetUser(context.Background())
	fmt.Println(user.Name, err)

	// Output: alice <nil>
}
