package authtest_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// visit sends a request with a session's cookie, and returns the status.
func visit(client *http.Client, url, cookie string) int {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		log.Fatal(err)
	}
	if cookie != "" {
		request.AddCookie(&http.Cookie{Name: "r_session", Value: cookie})
	}
	return do(client, request)
}

// do sends a request, and returns the status.
func do(client *http.Client, request *http.Request) int {
	response, err := client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// bearing makes a request that has a token.
func bearing(token, url string) *http.Request {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	return request
}

func ExampleNewServer() {
	server := authtest.NewServer()
	defer server.Close()
	response, err := server.Client().Post(server.URL+"/api/v3/login", "application/json",
		strings.NewReader(`{"name":"alice","password":"password1234"}`))
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status)
	// Output: 204 No Content
}

func ExampleNewTLSServer() {
	server := authtest.NewTLSServer()
	defer server.Close()
	fmt.Println(strings.HasPrefix(server.URL, "https://"), visit(server.Client(), server.URL+"/api/v3/version", ""))
	// Output: true 200
}

// A server that does not listen is a handler.
func ExampleNewUnstartedServer() {
	server := authtest.NewUnstartedServer()
	answer := httptest.NewRecorder()
	server.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/api/v3/version", nil))
	fmt.Println(answer.Code)
	// Output: 200
}

func ExampleServer_ServeHTTP() {
	server := authtest.NewUnstartedServer()
	answer := httptest.NewRecorder()
	server.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/api/v3/users/me", nil))
	body, _ := io.ReadAll(answer.Body)
	fmt.Print(answer.Code, " ", string(body))
	// Output: 401 {"message":"You are not logged in"}
}

func ExampleServer_Start() {
	server := authtest.NewUnstartedServer()
	server.SetProviders() // what is to be so before the first request
	server.Start()
	defer server.Close()
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/version", ""))
	// Output: 200
}

func ExampleServer_StartTLS() {
	server := authtest.NewUnstartedServer()
	server.StartTLS()
	defer server.Close()
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/version", ""))
	// Output: 200
}

// Each client is another browser.
func ExampleServer_Client() {
	server := authtest.NewServer()
	defer server.Close()
	here, there := server.Client(), server.Client()
	response, err := here.Post(server.URL+"/api/v3/login", "application/json",
		strings.NewReader(`{"name":"alice","password":"password1234"}`))
	if err != nil {
		log.Fatal(err)
	}
	_ = response.Body.Close()
	me := server.URL + "/api/v3/users/me"
	fmt.Println(visit(here, me, ""), visit(there, me, ""))
	// Output: 200 401
}

func ExampleServer_Close() {
	server := authtest.NewServer()
	server.Close()
	_, err := http.Get(server.URL + "/api/v3/version")
	fmt.Println(err != nil)
	// Output: true
}

func ExampleServer_AddUser() {
	server := authtest.NewServer()
	defer server.Close()
	server.AddUser(authtest.User{Name: "carol", DisplayName: "Carol", Password: "secret"})
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/users/me", server.OpenSession("carol")))
	// Output: 200
}

func ExampleServer_OpenSession() {
	server := authtest.NewServer()
	defer server.Close()
	cookie := server.OpenSession("alice")
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/users/me", cookie))
	// Output: 200
}

// A session counts for four weeks.
func ExampleServer_AgeSession() {
	server := authtest.NewServer()
	defer server.Close()
	cookie := server.OpenSession("alice")
	server.AgeSession(cookie, 29*24*time.Hour)
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/users/me", cookie))
	// Output: 401
}

func ExampleServer_AgeSessions() {
	server := authtest.NewServer()
	defer server.Close()
	one, other := server.OpenSession("alice"), server.OpenSession("alice")
	server.AgeSessions("alice", 29*24*time.Hour)
	me := server.URL + "/api/v3/users/me"
	fmt.Println(visit(server.Client(), me, one), visit(server.Client(), me, other))
	// Output: 401 401
}

func ExampleServer_EndSessions() {
	server := authtest.NewServer()
	defer server.Close()
	alice, bob := server.OpenSession("alice"), server.OpenSession("bob")
	server.EndSessions("alice")
	me := server.URL + "/api/v3/users/me"
	fmt.Println(visit(server.Client(), me, alice), visit(server.Client(), me, bob))
	// Output: 401 200
}

func ExampleServer_SetState() {
	server := authtest.NewServer()
	defer server.Close()
	cookie := server.OpenSession("alice")
	server.SetState("alice", authtest.Suspended)
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/users/me", cookie))
	server.SetState("alice", authtest.Active)
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/users/me", cookie))
	// Output:
	// 403
	// 200
}

func ExampleServer_SetProviders() {
	server := authtest.NewServer()
	defer server.Close()
	server.SetProviders("google", "github")
	response, err := server.Client().Get(server.URL + "/api/v3/version")
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(strings.Contains(string(body), `"externalLogin":["google","github"]`))
	// Output: true
}

func ExampleServer_Link() {
	server := authtest.NewServer()
	defer server.Close()
	server.Link("alice", "oidc", "alice@example.com")
	fmt.Println(visit(server.Client(), server.URL+"/api/v3/users/me/ex-accounts", server.OpenSession("alice")))
	// Output: 200
}

// The first request fails, as where a gateway has no server behind it.
func ExampleServer_Intercept() {
	server := authtest.NewServer()
	defer server.Close()
	server.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		server.Intercept(nil)
		w.WriteHeader(http.StatusBadGateway)
		return true
	})
	version := server.URL + "/api/v3/version"
	fmt.Println(visit(server.Client(), version, ""), visit(server.Client(), version, ""))
	// Output: 502 200
}

func ExampleServer_Requests() {
	server := authtest.NewServer()
	defer server.Close()
	visit(server.Client(), server.URL+"/api/v3/version", "")
	fmt.Println(server.Requests())
	// Output: 1
}

func ExampleServer_Count() {
	server := authtest.NewServer()
	defer server.Close()
	visit(server.Client(), server.URL+"/api/v3/users/me", "")
	fmt.Println(server.Count("GET", "/api/v3/users/me"), server.Count("POST", "/api/v3/login"))
	// Output: 1 0
}

func ExampleServer_AddToken() {
	server := authtest.NewServer()
	defer server.Close()
	server.AddToken("the-token", authtest.Token{User: "alice", Scopes: []string{"read"}})
	fmt.Println(do(server.Client(), bearing("the-token", server.URL+"/api/v3/users/me")))
	// Output: 200
}

func ExampleServer_RegisterClient() {
	server := authtest.NewServer()
	defer server.Close()
	client := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback"})
	fmt.Println(client.ID != "", client.Confidential)
	// Output: true false
}

func ExampleServer_IssueToken() {
	server := authtest.NewServer()
	defer server.Close()
	client := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback"})
	access, refresh := server.IssueToken(client.ID, "alice", "read")
	fmt.Println(do(server.Client(), bearing(access, server.URL+"/api/v3/users/me")), refresh == "")
	// Output: 200 true
}

func ExampleServer_SetRefreshTokens() {
	server := authtest.NewServer()
	defer server.Close()
	server.SetRefreshTokens(true)
	client := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback"})
	_, refresh := server.IssueToken(client.ID, "alice", "read")
	fmt.Println(refresh != "")
	// Output: true
}

func ExampleServer_SetAccessTokenLife() {
	server := authtest.NewServer()
	defer server.Close()
	server.SetAccessTokenLife(time.Minute)
	client := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback"})
	access, _ := server.IssueToken(client.ID, "alice", "read")
	server.AgeTokens("alice", 2*time.Minute)
	fmt.Println(do(server.Client(), bearing(access, server.URL+"/api/v3/users/me")))
	// Output: 401
}

func ExampleServer_AgeTokens() {
	server := authtest.NewServer()
	defer server.Close()
	client := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback"})
	access, _ := server.IssueToken(client.ID, "alice", "read")
	server.AgeTokens("alice", 366*24*time.Hour)
	fmt.Println(do(server.Client(), bearing(access, server.URL+"/api/v3/users/me")))
	// Output: 401
}

func ExampleServer_RevokeTokens() {
	server := authtest.NewServer()
	defer server.Close()
	client := server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback"})
	access, _ := server.IssueToken(client.ID, "alice", "read")
	server.RevokeTokens("alice")
	fmt.Println(do(server.Client(), bearing(access, server.URL+"/api/v3/users/me")))
	// Output: 401
}
