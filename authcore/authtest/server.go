package authtest

import (
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

	mu        sync.Mutex
	users     map[string]*user // by lower-case name
	sessions  map[string]*session
	tokens    map[string]Token
	providers []string
	states    map[string]authState
	codes     map[string]string // external names by code
	buckets   map[string]*bucket
	counts    map[string]int
	intercept func(http.ResponseWriter, *http.Request) bool

	server *http.Server
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
	s := &Server{
		users:     map[string]*user{},
		sessions:  map[string]*session{},
		tokens:    map[string]Token{},
		providers: []string{"oidc"},
		states:    map[string]authState{},
		codes:     map[string]string{},
		buckets:   map[string]*bucket{},
		counts:    map[string]int{},
	}
	for _, name := range []string{"alice", "bob", "flooder"} {
		s.AddUser(User{Name: name, Password: "password1234"})
	}
	s.AddUser(User{Name: "traq", Password: "traq"})
	s.AddUser(User{Name: "nopass"})
	s.AddUser(User{Name: "deactivated", Password: "password1234", State: Deactivated})
	s.AddUser(User{Name: "suspended", Password: "password1234", State: Suspended})
	s.AddUser(User{Name: "BOT_alicebot", DisplayName: "Alice bot", Bot: true})
	return s
}

// Start listens on a loopback port. It panics if there is none, as httptest does.
func (s *Server) Start() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic("authtest: no loopback port to listen on: " + err.Error())
	}
	s.URL = "http://" + listener.Addr().String()
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() { _ = s.server.Serve(listener) }() // ends with Close
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
// became of them; preflights are of the method OPTIONS.
func (s *Server) Count(method, path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[method+" "+path]
}

// Requests gives how many requests have come to the API's calls, those below
// /api/v3/, without preflights.
func (s *Server) Requests() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for request, count := range s.counts {
		if strings.Contains(request, " /api/v3/") && !strings.HasPrefix(request, http.MethodOptions) {
			n += count
		}
	}
	return n
}

// ServeHTTP answers a request as traQ does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.counts[r.Method+" "+r.URL.Path]++
	intercept := s.intercept
	s.mu.Unlock()
	if intercept != nil && intercept(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.route(&exchange{Server: s, w: w, r: r})
}

func (s *Server) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}
