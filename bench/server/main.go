// Command server is what the measurements drive a browser against: a page with
// nothing on it, the clients that are measured, and a traQ in memory, all on
// one origin, and the traQ on another one, too.
//
//	go run ./bench/server -clients build/bench/clients
//
// Files below /clients/ and the answers that are canned are sent as they are,
// without a compression, to every client alike: on the loopback time goes into the
// clients, and sizes are told on their own. Below /compressed/ are the same files as
// a server has them for a network.
//
// It prints the origins, the cookie of a session and a token as JSON, and ends when its
// standard input does.
package main

import (
	"flag"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/js/test/serving"
)

const sessionsPath = "/api/v3/users/me/sessions"

func main() {
	clients := flag.String("clients", "build/bench/clients", "the folder with the bundled clients")
	flag.Parse()
	if err := run(*clients); err != nil {
		fmt.Fprintln(os.Stderr, "bench/server:", err)
		os.Exit(1)
	}
}

func run(clients string) error {
	api := authtest.NewUnstartedServer()
	cookie := openSessions(api, "alice", 3)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", serving.Blank)
	mux.Handle("GET /clients/", http.StripPrefix("/clients/", http.FileServer(http.Dir(clients))))
	mux.Handle("GET /compressed/", http.StripPrefix("/compressed/", compressed(http.FileServer(http.Dir(clients)))))
	mux.Handle("/api/", api)
	mux.Handle("GET /few"+sessionsPath, canned(api, cookie))
	mux.Handle("GET /many"+sessionsPath, canned(api, openSessions(api, "bob", 10_000)))
	origin, err := serving.Listen("127.0.0.1", mux)
	if err != nil {
		return err
	}
	other, err := serving.Listen("localhost", api)
	if err != nil {
		return err
	}
	client := api.RegisterClient(authtest.OAuth2Client{ID: "the-app", RedirectURI: origin + "/", Scopes: []string{"read"}})
	token, _ := api.IssueToken(client.ID, "alice", "read")
	return serving.Tell(map[string]string{"origin": origin, "cookie": cookie, "other": other, "token": token})
}

// openSessions opens so many sessions of a user's, and gives one's cookie.
func openSessions(api *authtest.Server, user string, count int) (cookie string) {
	for range count {
		cookie = api.OpenSession(user)
	}
	return cookie
}

// compressed serves what lies beside each file, compressed.
func compressed(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
		w.Header().Set("Content-Encoding", "br")
		r.URL.Path += ".br"
		files.ServeHTTP(w, r)
	})
}

// canned answers what the API answered once with a user's sessions: thousands
// of calls would run into the API's rate limit, and the time in which a server
// makes a list is no client's.
func canned(api http.Handler, cookie string) http.Handler {
	request := httptest.NewRequest(http.MethodGet, sessionsPath, nil)
	request.AddCookie(&http.Cookie{Name: "r_session", Value: cookie})
	answer := httptest.NewRecorder()
	api.ServeHTTP(answer, request)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // a caller who went away misses it
	})
}
