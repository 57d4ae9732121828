package proxy

import (
	"encoding/json"
	"errors"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/traq-auth/traq-auth/example/guard"
)

// How long the server may take to be connected to, and to begin an answer. The
// answer itself may go on: it can be a large file, or a stream.
const (
	connectTimeout  = 10 * time.Second
	responseTimeout = 30 * time.Second
)

// maxBody is how many bytes a request's body may have. traQ takes files of 30 MiB.
const maxBody = 32 << 20

// Proxy passes requests on to one server.
type Proxy struct {
	*httputil.ReverseProxy
}

// ServeHTTP passes a request on if it is one that a page can have sent.
func (p Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > maxBody {
		tooLarge(w)
		return
	}
	bounded := *r                                          // a copy: net/http looks at its own request's body again
	bounded.Body = http.MaxBytesReader(w, r.Body, maxBody) // which may have told no length
	guard.Plain(p.ReverseProxy).ServeHTTP(answer{w}, &bounded)
}

// New returns a proxy to the server of an origin, as Origin reads it.
func New(server *url.URL) Proxy {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: connectTimeout}).DialContext
	transport.TLSHandshakeTimeout = connectTimeout
	transport.ResponseHeaderTimeout = responseTimeout
	transport.MaxResponseHeaderBytes = 1 << 20
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
		var over *http.MaxBytesError
		if errors.As(err, &over) {
			tooLarge(w)
			return
		}
		if r.Context().Err() == nil { // else it is the caller who went away
			proxy.ErrorLog.Printf("%s %s at %s: %v", r.Method, r.URL.Path, server, err)
		}
		fail(w, http.StatusBadGateway, server.String()+" does not answer")
	}
	return Proxy{proxy}
}

// believed are headers that a server, or what guards it, may believe more than
// who sends a request, and what its first line says. traQ limits rates by
// address, and believes X-Forwarded-For and X-Real-Ip; those that ReverseProxy
// knows are gone already.
var believed = []string{
	"X-Real-Ip", "X-Client-Ip", "X-Cluster-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip",
	"X-Original-Url", "X-Rewrite-Url", "X-Http-Method", "X-Http-Method-Override", "X-Method-Override",
}

// rewrite addresses a request to the server.
func rewrite(r *httputil.ProxyRequest, server *url.URL) {
	r.SetURL(server)
	r.Out.URL.RawQuery = r.In.URL.RawQuery // also what Go would not parse
	for name := range r.Out.Header {
		if strings.HasPrefix(name, "X-Forwarded") || slices.Contains(believed, name) {
			r.Out.Header.Del(name)
		}
	}
	// WebSocket is the one protocol that traQ changes to. Others, such as h2c,
	// would be a tunnel in which requests pass unseen.
	if !strings.EqualFold(r.Out.Header.Get("Upgrade"), "websocket") {
		r.Out.Header.Del("Upgrade")
		r.Out.Header.Del("Connection")
	}
	// traQ does not look at these, but what guards it may. Another page's
	// requests stay known as such, and get the server's own CORS headers.
	for _, name := range []string{"Origin", "Referer"} {
		if values := r.In.Header[name]; len(values) == 1 {
			r.Out.Header.Set(name, remoteAddress(values[0], r.In.Host, server))
		}
	}
}

// remoteAddress is the address of a page of the server's own in place of one of
// this host's; others stay.
func remoteAddress(page, host string, server *url.URL) string {
	u, err := url.Parse(page)
	if err != nil || host == "" || u.Host != host || u.Scheme != "http" && u.Scheme != "https" {
		return page
	}
	u.Scheme, u.User, u.Host = server.Scheme, nil, server.Host
	return u.String()
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
	// How else the server's own host can be reached, not the page's.
	header.Del("Strict-Transport-Security")
	header.Del("Alt-Svc")
}

func tooLarge(w http.ResponseWriter) {
	fail(w, http.StatusRequestEntityTooLarge, "the request's body is too large")
}

// fail answers in traQ's form of an error.
func fail(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": message}) // a caller who went away misses it
}
