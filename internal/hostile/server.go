package hostile

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/traq-auth/traq-auth/internal/selfsigned"
)

// Server answers below /hostile/<row>/<client>/, where a client has its API in
// api/v3, as the row says; and once it is mended, or told so by a POST to
// /hostile/<row>/<client>/mend, as the API does. Clients have any names. All else
// is the handler's.
type Server struct {
	// Origins are all the same over HTTP/1.1; a browser opens six connections to each.
	Origins []string
	// Secure speaks HTTP/2, with a certificate that nobody has signed.
	Secure string

	cases     []Case
	handler   http.Handler
	mended    sync.Map // by row and client
	listeners []net.Listener
	mu        sync.Mutex // for all that follows
	conns     map[net.Conn]bool
	closed    bool
	serving   sync.WaitGroup
}

// Start starts a server with so many origins.
func Start(cases []Case, handler http.Handler, origins int) (*Server, error) {
	s := &Server{cases: cases, conns: map[net.Conn]bool{}}
	mux := http.NewServeMux()
	mux.Handle("/", handler)
	mux.HandleFunc("GET /hostile/table.json", s.table)
	mux.HandleFunc("GET /hostile/{row}/value/{op}", s.value)
	mux.HandleFunc("GET /hostile/right/value/{op}", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, values[r.PathValue("op")]) // to a recorder, which takes all
	})
	mux.HandleFunc("POST /hostile/{row}/{client}/mend", func(_ http.ResponseWriter, r *http.Request) {
		s.mended.Store(r.PathValue("row")+"/"+r.PathValue("client"), true)
	})
	mux.HandleFunc("/hostile/{row}/{client}/api/v3/", api)
	s.handler = mux
	for range origins {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		s.Origins = append(s.Origins, "http://"+listener.Addr().String())
		s.listen(listener, s.serveHTTP1)
	}
	certificate, err := selfsigned.Certificate()
	if err != nil {
		return nil, err
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2"}})
	if err != nil {
		return nil, err
	}
	s.Secure = "https://" + listener.Addr().String()
	s.listen(listener, func(conn net.Conn) {
		if secure := conn.(*tls.Conn); secure.Handshake() == nil {
			s.serveHTTP2(secure)
		}
	})
	return s, nil
}

// Close ends the server and all its connections.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for _, listener := range s.listeners {
		_ = listener.Close()
	}
	for conn := range s.conns {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.serving.Wait()
}

// Mend has a client be answered as the API answers from now on.
func (s *Server) Mend(row int, client string) {
	s.mended.Store(strconv.Itoa(row)+"/"+client, true)
}

func (s *Server) listen(listener net.Listener, serve func(net.Conn)) {
	s.listeners = append(s.listeners, listener)
	s.serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if !s.add(conn) {
				return
			}
			s.serving.Go(func() {
				serve(conn)
				_ = conn.Close() // whatever it was told
				s.mu.Lock()
				defer s.mu.Unlock()
				delete(s.conns, conn)
			})
		}
	})
}

func (s *Server) add(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = conn.Close()
		return false
	}
	s.conns[conn] = true
	return true
}

// serveHTTP1 answers the requests of a connection, one after the other.
func (s *Server) serveHTTP1(conn net.Conn) {
	reader := bufio.NewReader(conn)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, request.Body); err != nil {
			return
		}
		if play := s.answerOf(request); play != nil {
			err = play(&exchange{request: request, json: rightJSON(request.URL.Path), conn: conn})
		} else {
			recorder := httptest.NewRecorder()
			s.handler.ServeHTTP(recorder, request)
			response := recorder.Result()
			response.ContentLength = int64(recorder.Body.Len())
			err = response.Write(conn)
		}
		if err != nil {
			return
		}
	}
}

var hostilePath = regexp.MustCompile(`^/hostile/(\d+)/([^/]+)/api/`)

// answerOf gives what a request is to be answered with; nil for what the handler does.
func (s *Server) answerOf(r *http.Request) answer {
	match := hostilePath.FindStringSubmatch(r.URL.Path)
	if match == nil {
		return nil
	}
	if _, mended := s.mended.Load(match[1] + "/" + match[2]); mended {
		return nil
	}
	row, err := strconv.Atoi(match[1])
	if err != nil || row >= len(s.cases) {
		return nil
	}
	return s.cases[row].answer
}

// api answers as the API does.
func api(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
	w.Header().Set("X-Traq-Version", "3.28.4")
	text := rightJSON(r.URL.Path)
	if r.Method == http.MethodOptions || strings.HasPrefix(text, `{"message"`) {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, text) // to a recorder, which takes all
}

// Row is a [Case] as a client of another language is told of it.
type Row struct {
	Name        string   `json:"name"`
	Expected    Expected `json:"expected"`
	HTTP2       bool     `json:"http2"`
	CrossOrigin bool     `json:"crossOrigin"`
	Redirect    string   `json:"redirect"`
}

func (s *Server) table(w http.ResponseWriter, _ *http.Request) {
	rows := make([]Row, len(s.cases))
	for i, c := range s.cases {
		rows[i] = Row{c.Name, c.Expected, c.HTTP2, c.CrossOrigin, c.Redirect}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"origins": s.Origins, "secure": s.Secure, "rows": rows})
}

func (s *Server) value(w http.ResponseWriter, r *http.Request) {
	row, err := strconv.Atoi(r.PathValue("row"))
	if err != nil || row >= len(s.cases) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, s.cases[row].Value(r.PathValue("op")))
}
