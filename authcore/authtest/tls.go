package authtest

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/cookiejar"

	"github.com/traq-auth/traq-auth/internal/selfsigned"
)

// NewTLSServer returns a server that listens on a loopback port by HTTPS, with a
// certificate of its own, which [Server.Client] trusts.
func NewTLSServer() *Server {
	s := NewUnstartedServer()
	s.StartTLS()
	return s
}

// StartTLS is Start by HTTPS. It panics, too, where no certificate can be made.
func (s *Server) StartTLS() {
	certificate, err := selfsigned.Certificate()
	if err != nil {
		panic("authtest: no certificate: " + err.Error())
	}
	s.roots = x509.NewCertPool()
	s.roots.AddCert(certificate.Leaf)
	listener := tls.NewListener(listenOnLoopback(), &tls.Config{Certificates: []tls.Certificate{certificate}})
	s.serve(listener, "https://")
}

// Client returns an HTTP client for requests to the server, with a cookie jar of
// its own: each that is made is another browser. It trusts the server's
// certificate.
func (s *Server) Client() *http.Client {
	jar, _ := cookiejar.New(nil) // without options it never fails
	// Not of http.DefaultTransport, which may be of any kind.
	return &http.Client{Jar: jar, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.roots}}}
}
