package authtest

import (
	"cmp"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Server is a traQ server in memory. It is safe for concurrent use.
type Server struct {
	// URL is where the server listens, without a trailing slash; "" before Start.
	URL string
	// Now is the server's clock; nil stands for time.Now. It is set before the
	// first request.
	Now func() time.Time
	// ProviderURL is the absolute address below which the external provider's
	// pages are, where that is not the server's own. It is set before the first
	// request.
	ProviderURL string

	mu sync.Mutex
	state

	server *http.Server
	roots  *x509.CertPool // which have the server's certificate, by HTTPS
}

// state is what requests, and what is arranged, change.
type state struct {
	users     map[string]*user  // by lower-case name
	sessions  *recent[*session] // by the cookie's value
	tokens    *recent[*issued]  // by the access token
	providers []string
	states    *recent[authState]
	codes     *recent[string] // external names by code
	oauth2    oauth2
	buckets   *recent[*bucket]
	counts    *recent[int] // requests by method and path
	requests  int          // those to the API's calls
	intercept func(http.ResponseWriter, *http.Request) bool
	stopped   time.Time     // where the clock stands still; zero where it runs
	ahead     time.Duration // of Now, or of where it was stopped
}

// NewServer gives a server that listens on a loopback port.
func NewServer() *Server {
	s := NewUnstartedServer()
	s.Start()
	return s
}

// NewUnstartedServer gives a server that does not listen: it is a handler, or
// is started later.
func NewUnstartedServer() *Server {
	s := &Server{}
	s.Reset()
	return s
}

// Reset returns the server to its beginning: users, sessions and all that was
// arranged are as at first, and nothing has been counted. Its address, Now and
// ProviderURL stay.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = state{
		users:     map[string]*user{},
		sessions:  newRecent[*session](20_000),
		tokens:    newRecent[*issued](20_000),
		providers: []string{"oidc"},
		states:    newRecent[authState](1000),
		codes:     newRecent[string](1000),
		oauth2:    newOAuth2(),
		buckets:   newRecent[*bucket](1000),
		counts:    newRecent[int](1000),
	}
	for _, name := range []string{"alice", "bob", "flooder"} {
		s.addUser(User{Name: name, Password: "password1234"})
	}
	s.addUser(User{Name: "traq", Password: "traq"})
	s.addUser(User{Name: "nopass"})
	s.addUser(User{Name: "deactivated", Password: "password1234", State: Deactivated})
	s.addUser(User{Name: "suspended", Password: "password1234", State: Suspended})
	s.addUser(User{Name: "BOT_alicebot", DisplayName: "Alice bot", Bot: true})
}

// Start listens on a loopback port. It panics if there is none, as httptest does.
func (s *Server) Start() { s.serve(listenOnLoopback(), "http://") }

func listenOnLoopback() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic("authtest: no loopback port to listen on: " + err.Error())
	}
	return listener
}

func (s *Server) serve(listener net.Listener, scheme string) {
	s.URL = scheme + listener.Addr().String()
	s.server = s.bounded()
	go func() { _ = s.server.Serve(listener) }() // ends with Close
}

// bounded has no WriteTimeout: a function of Intercept may take its time.
func (s *Server) bounded() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: callTimeout,
		ReadTimeout:       callTimeout,
		IdleTimeout:       callTimeout,
		MaxHeaderBytes:    maxHeader,
	}
}

// Close stops listening and breaks open connections.
func (s *Server) Close() {
	if s.server != nil {
		_ = s.server.Close()
	}
}

// Intercept has a function see every request first; where it gives true, it has
// answered (or has chosen to let the caller wait). nil takes it away.
func (s *Server) Intercept(f func(http.ResponseWriter, *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.intercept = f
}

// Count gives how many requests of a method and path have come, whatever
// became of them; preflights are of the method OPTIONS. It knows the thousand
// methods and paths that came last, where both together are at most 256 bytes.
func (s *Server) Count(method, path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts.entries[method+" "+path]
}

// Requests gives how many requests have come to the API's calls, those below
// /api/v3/, without preflights.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// arrive counts a request, and gives what Intercept was given, and the session
// that the request comes with.
func (s *Server) arrive(r *http.Request) (intercept func(http.ResponseWriter, *http.Request) bool, held *session, due bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key := r.Method + " " + r.URL.Path; len(key) <= 256 {
		s.counts.put(key, s.counts.entries[key]+1)
	}
	if strings.HasPrefix(r.URL.Path, "/api/v3/") && r.Method != http.MethodOptions {
		s.requests++
	}
	held, due = s.held(r)
	return s.intercept, held, due
}

// ServeHTTP answers a request as traQ does. Nothing that waits for the caller
// is done while the server is locked.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	intercept, held, due := s.arrive(r)
	if intercept != nil && intercept(w, r) {
		return
	}
	answer := &answer{header: w.Header()}
	read, err := readBody(w, r)
	if due && !pause(r.Context()) {
		return // whoever has gone renews nothing
	}
	s.answer(&exchange{Server: s, w: answer, r: cmp.Or(read, r), held: held}, err)
	answer.send(w)
}

func (s *Server) answer(x *exchange, unread error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if unread == nil {
		s.route(x)
		return
	}
	x.setHeaders()
	var over *http.MaxBytesError
	if errors.As(unread, &over) {
		x.fail(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	} else {
		x.fail(http.StatusBadRequest, "Bad Request")
	}
}
