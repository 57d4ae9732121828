package authtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"time"
)

// NewTLSServer returns a server that listens on a loopback port by HTTPS, with a
// certificate of its own, which [Server.Client] trusts.
func NewTLSServer() *Server {
	s := NewUnstartedServer()
	s.StartTLS()
	return s
}

// StartTLS is Start by HTTPS.
func (s *Server) StartTLS() {
	certificate := newCertificate()
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
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: s.roots}
	return &http.Client{Jar: jar, Transport: transport}
}

// newCertificate makes a certificate for the loopback addresses. It panics where
// there is no randomness, as crypto/rand does.
func newCertificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic("authtest: no key for a certificate: " + err.Error())
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "authtest"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		DNSNames:              []string{"localhost"},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic("authtest: no certificate: " + err.Error())
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		panic("authtest: no certificate: " + err.Error())
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}
