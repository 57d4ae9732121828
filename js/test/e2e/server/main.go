// Command server is what the end-to-end tests drive a browser against: the
// example's site with the API in memory on one origin, the same site without an
// API on another, a third party's page on one more, and what the tests need beside them below /_test/.
//
//	go run ./js/test/e2e/server -pkg js/dist
//
// It prints these origins and those of the redirects' tests as JSON, and ends
// when its standard input does.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
	"github.com/traq-auth/traq-auth/example/app"
	"github.com/traq-auth/traq-auth/example/site"
	"github.com/traq-auth/traq-auth/js/test/serving"
)

func main() {
	pkg := flag.String("pkg", "js/dist", "the folder with the built package")
	flag.Parse()
	if err := run(*pkg); err != nil {
		fmt.Fprintln(os.Stderr, "js/test/e2e/server:", err)
		os.Exit(1)
	}
}

func run(pkg string) error {
	thirdParty := http.NewServeMux()
	thirdParty.HandleFunc("GET /_test/blank", serving.Blank)
	appOrigin, err := serving.Listen("localhost", thirdParty)
	if err != nil {
		return err
	}
	api := &api{app: appOrigin + "/"}
	api.reset()
	mux := http.NewServeMux()
	page := site.Handler(pkg, api, site.Config{App: api.app})
	mux.Handle("/", page)
	mux.HandleFunc("GET /_test/blank", serving.Blank)
	mux.HandleFunc("GET /_test/injected", injected(page))
	mux.HandleFunc("GET /_test/scenarios.json", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(scenarios.JSON) })
	mux.HandleFunc("GET /_test/requests", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, api.Load().Requests()) })
	mux.HandleFunc("POST /_test/reset", func(http.ResponseWriter, *http.Request) { api.reset() })
	mux.HandleFunc("POST /_test/act/{action}", api.act)
	mux.HandleFunc("/_test/always/{how}/api/v3/", always())
	origin, err := serving.Listen("127.0.0.1", mux)
	if err != nil {
		return err
	}
	elsewhere := http.NewServeMux()
	elsewhere.Handle("/", site.Handler(pkg, http.NotFoundHandler(), site.Config{}))
	elsewhere.HandleFunc("GET /_test/blank", serving.Blank)
	other, err := serving.Listen("localhost", elsewhere)
	if err != nil {
		return err
	}
	thirdParty.Handle("/", app.Handler(pkg, app.Config{Server: origin, ClientID: app.ClientID, InMemory: true}))
	started := map[string]string{"origin": origin, "other": other, "thirdParty": appOrigin}
	// Where redirects may lead to, and where not: the API's origin, one that is allowed, and one that is not.
	for name, host := range map[string]string{"api": "127.0.0.1", "app": "localhost", "evil": "127.0.0.1"} {
		if started[name], err = serving.Listen(host, landing{api, page}); err != nil {
			return err
		}
	}
	return serving.Tell(started)
}

// injected answers with the site's page, and in it a script of somebody else's.
func injected(page http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		answer := httptest.NewRecorder()
		page.ServeHTTP(answer, httptest.NewRequest("GET", "/", nil))
		answer.Body.WriteString("<script>globalThis.injected = true</script>")
		answer.Header().Del("Content-Length")
		maps.Copy(w.Header(), answer.Header())
		_, _ = answer.Body.WriteTo(w) // a caller who went away misses it
	}
}

// always answers as the path says, however many ask: "200" as traQ does to who
// is signed in, "never", or another status with traQ's words for it.
func always() http.HandlerFunc {
	traq := authtest.NewUnstartedServer()
	cookie := traq.OpenSession("alice")
	canned := map[string][]byte{}
	for _, path := range []string{"/api/v3/users/me", "/api/v3/users/me/sessions", "/api/v3/version"} {
		answer := httptest.NewRecorder()
		request := httptest.NewRequest("GET", path, nil)
		request.AddCookie(&http.Cookie{Name: "r_session", Value: cookie})
		traq.ServeHTTP(answer, request)
		canned[path] = answer.Body.Bytes()
	}
	words := map[string]string{"401": "You are not logged in", "429": "rate limit exceeded", "500": "Internal Server Error"}
	return func(w http.ResponseWriter, r *http.Request) {
		how := r.PathValue("how")
		if how == "never" {
			<-r.Context().Done()
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if how == "200" {
			_, _ = w.Write(canned[strings.TrimPrefix(r.URL.Path, "/_test/always/200")]) // a caller who went away misses it
			return
		}
		status, _ := strconv.Atoi(how)
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]string{"message": words[how]})
	}
}

// api is a server in memory that can be replaced by a new one, where the third
// party's page is a client.
type api struct {
	atomic.Pointer[authtest.Server]
	app string // the page's address
}

func (a *api) reset() {
	server := authtest.NewUnstartedServer()
	app.Register(server, a.app)
	a.Store(server)
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.Load().ServeHTTP(w, r) }

// act does an action of the scenarios', whose arguments are the body.
func (a *api) act(w http.ResponseWriter, r *http.Request) {
	var args []json.RawMessage
	err := json.NewDecoder(r.Body).Decode(&args)
	if err == nil {
		err = scenarios.Act(a.Load(), r.PathValue("action"), args)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}
