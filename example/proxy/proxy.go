package proxy

import (
	"encoding/json"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"
)

// How long the server may take to be connected to, and to begin an answer. The
// answer itself may go on: it can be a large file, or a stream.
const (
	connectTimeout  = 10 * time.Second
	responseTimeout = 30 * time.Second
)

// New gives a proxy to the server of an origin, as Origin reads it.
func New(server *url.URL) *httputil.ReverseProxy {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: connectTimeout}).DialContext
	transport.TLSHandshakeTimeout = connectTimeout
	transport.ResponseHeaderTimeout = responseTimeout
	transport.DisableCompression = true // bodies pass as they are
	proxy := &httputil.ReverseProxy{
		Transport: transport,
		Rewrite:   func(r *httputil.ProxyRequest) { rewrite(r, server) },
		ModifyResponse: func(r *http.Response) error {
			localize(r.Header, server)
			return nil
		},
		ErrorLog: log.Default(),
	}
	proxy.ErrorHandler = func(w http.ResponseWriter, r *http.Request, err error) {
		if r.Context().Err() == nil { // else it is the caller who went away
			proxy.ErrorLog.Printf("%s %s at %s: %v", r.Method, r.URL.Path, server, err)
		}
		noAnswer(w, server)
	}
	return proxy
}

// rewrite addresses a request to the server.
func rewrite(r *httputil.ProxyRequest, server *url.URL) {
	r.SetURL(server)
	r.Out.URL.RawQuery = r.In.URL.RawQuery // also what Go would not parse
	// traQ limits rates by address, and believes these; those that ReverseProxy
	// knows are gone already.
	for name := range r.Out.Header {
		if strings.HasPrefix(name, "X-Forwarded-") || name == "X-Real-Ip" {
			r.Out.Header.Del(name)
		}
	}
	// traQ does not look at these, but what guards it may. Another page's
	// requests stay known as such, and get the server's own CORS headers.
	for _, name := range []string{"Origin", "Referer"} {
		if u, err := url.Parse(r.In.Header.Get(name)); err == nil && u.Host != "" && u.Host == r.In.Host {
			u.Scheme, u.Host = server.Scheme, server.Host
			r.Out.Header.Set(name, u.String())
		}
	}
}

// localize makes an answer's headers those of the page's origin.
func localize(header http.Header, server *url.URL) {
	cookies := header["Set-Cookie"]
	for i := range cookies {
		cookies[i] = localCookie(cookies[i])
	}
	if location := header.Get("Location"); location != "" {
		header.Set("Location", localLocation(location, server))
	}
}

// noAnswer answers for the server, in traQ's form of an error.
func noAnswer(w http.ResponseWriter, server *url.URL) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadGateway)
	message := map[string]string{"message": server.String() + " does not answer"}
	_ = json.NewEncoder(w).Encode(message) // a caller who went away misses it
}
