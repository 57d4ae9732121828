package authhttp_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// alice returns a client with which alice is signed in, at a server in memory.
func alice(ctx context.Context) (*authhttp.Client, *authtest.Server) {
	server := authtest.NewServer()
	client, err := authhttp.New(server.URL+"/api/v3", nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := client.Login(ctx, "alice", "password1234"); err != nil {
		log.Fatal(err)
	}
	return client, server
}

func ExampleClient_Login() {
	server := authtest.NewServer()
	defer server.Close()
	client, err := authhttp.New(server.URL+"/api/v3", nil)
	if err != nil {
		log.Fatal(err)
	}
	err = client.Login(context.Background(), "alice", "wrong")
	fmt.Println(errors.Is(err, authcore.CodeInvalidCredentials))
	fmt.Println(client.Login(context.Background(), "alice", "password1234"))
	// Output:
	// true
	// <nil>
}

// The server redirects where it is told to, on its own origin.
func ExampleClient_LoginRedirect() {
	server := authtest.NewServer()
	defer server.Close()
	client, err := authhttp.New(server.URL+"/api/v3", nil)
	if err != nil {
		log.Fatal(err)
	}
	to, err := client.LoginRedirect(context.Background(), "alice", "password1234", "/home")
	fmt.Println(to == server.URL+"/home", err)
	_, err = client.LoginRedirect(context.Background(), "alice", "password1234", "https://evil.example/")
	fmt.Println(errors.Is(err, authcore.CodeUnsafeRedirect))
	// Output:
	// true <nil>
	// true
}

func ExampleClient_Logout() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	fmt.Println(client.Logout(ctx))
	_, err := client.GetUser(ctx)
	fmt.Println(errors.Is(err, authcore.CodeNotAuthenticated))
	// Output:
	// <nil>
	// true
}

// LogoutAll ends the sessions of other programs and browsers too.
func ExampleClient_LogoutAll() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	server.OpenSession("alice") // elsewhere
	fmt.Println(client.LogoutAll(ctx))
	// Output: <nil>
}

func ExampleClient_LogoutRedirect() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	to, err := client.LogoutRedirect(ctx, false, "/goodbye")
	fmt.Println(to == server.URL+"/goodbye", err)
	// Output: true <nil>
}

func ExampleClient_GetUser() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	user, err := client.GetUser(ctx)
	fmt.Println(user.Name, err)
	// Output: alice <nil>
}

func ExampleClient_GetServerInfo() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	info, err := client.GetServerInfo(ctx)
	fmt.Println(info.Version, info.Providers, err)
	// Output: v3.28.4 [oidc] <nil>
}

func ExampleClient_ListProviders() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	server.SetProviders("google", "github")
	fmt.Println(client.ListProviders(ctx))
	// Output: [google github] <nil>
}

func ExampleClient_ListSessions() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	server.OpenSession("alice") // elsewhere
	sessions, err := client.ListSessions(ctx)
	fmt.Println(len(sessions), err)
	// Output: 2 <nil>
}

// That there is no such session is no error: the server does not tell.
func ExampleClient_RevokeSession() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	sessions, err := client.ListSessions(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(client.RevokeSession(ctx, sessions[0].ID))
	fmt.Println(errors.Is(client.RevokeSession(ctx, "no UUID"), authcore.CodeInvalidArgument))
	// Output:
	// <nil>
	// true
}

func ExampleClient_ListAccounts() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	server.Link("alice", "oidc", "alice@example.com") // what a person does in a browser
	accounts, err := client.ListAccounts(ctx)
	for _, account := range accounts {
		fmt.Println(account.ProviderName, account.ExternalName)
	}
	fmt.Println(err)
	// Output:
	// oidc alice@example.com
	// <nil>
}

// The person opens the address in a browser that has the same session.
func ExampleClient_LinkAccount() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	url, err := client.LinkAccount(ctx, "oidc")
	fmt.Println(url == server.URL+"/api/auth/oidc?link=1", err)
	// Output: true <nil>
}

func ExampleClient_UnlinkAccount() {
	ctx := context.Background()
	client, server := alice(ctx)
	defer server.Close()
	server.Link("alice", "oidc", "alice@example.com")
	fmt.Println(client.UnlinkAccount(ctx, "oidc"))
	fmt.Println(errors.Is(client.UnlinkAccount(ctx, "oidc"), authcore.CodeNotLinked))
	// Output:
	// <nil>
	// true
}

// The person opens the address in a browser, to sign in there.
func ExampleClient_LoginWith() {
	server := authtest.NewServer()
	defer server.Close()
	client, err := authhttp.New(server.URL+"/api/v3", nil)
	if err != nil {
		log.Fatal(err)
	}
	url, err := client.LoginWith(context.Background(), "oidc")
	fmt.Println(url == server.URL+"/api/auth/oidc", err)
	// Output: true <nil>
}

func ExampleStaticToken() {
	server := authtest.NewServer()
	defer server.Close()
	server.AddToken("the-token", authtest.Token{User: "bob", Scopes: []string{"read"}})
	client, err := authhttp.New(server.URL+"/api/v3", &authhttp.Options{
		AccessToken: authhttp.StaticToken("the-token"),
	})
	if err != nil {
		log.Fatal(err)
	}
	user, err := client.GetUser(context.Background())
	fmt.Println(user.Name, err)
	// Output: bob <nil>
}
