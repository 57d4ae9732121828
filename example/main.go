// Command example serves a page that signs in to traQ, with the API behind it
// on the same origin, and a third party's page on another origin, localhost at
// the next port, which signs in there by OAuth2:
//
//	go run ./example -pkg build/standard -port 8080
//	go run ./example -pkg build/standard -port 8080 -traq https://traq.example -client-id …
//
// The API is traQ in memory (authcore/authtest), where alice is ready with the
// password password1234, or a real one (example/proxy). Each page answers to its
// own hosts alone (example/guard); -hosts adds others.
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

// options are the command's.
type options struct {
	pkg, traq, clientID, hosts string
	port                       int
}

func main() {
	var o options
	flag.StringVar(&o.pkg, "pkg", "js/dist", "the folder with the built package")
	flag.IntVar(&o.port, "port", 8080, "the port on 127.0.0.1, and before that of the third party's page; 0 for any two that are free")
	flag.StringVar(&o.traq, "traq", "", "the origin of a real traQ server; one in memory without it")
	flag.StringVar(&o.clientID, "client-id", "", "the id of an OAuth2 client at the real server, for the third party's page")
	flag.StringVar(&o.hosts, "hosts", "", "other hosts by which browsers ask for the pages, such as those of a tunnel or of another\n"+
		"port that is forwarded, with commas between: traq-auth.example,localhost:9000; every host\n"+
		"but these and 127.0.0.1, localhost and [::1] at their port is refused (421)")
	flag.Parse()
	if err := serve(o); err != nil {
		fmt.Fprintln(os.Stderr, "example:", err)
		os.Exit(1)
	}
}

func serve(o options) error {
	if _, err := os.Stat(o.pkg + "/index.js"); err != nil {
		return fmt.Errorf("there is no built package in %s; run make run, which builds it", o.pkg)
	}
	listeners, err := listen(o.port)
	if err != nil {
		return err
	}
	sites, err := newSites(o, port(listeners[0]), port(listeners[1]))
	if err != nil {
		return err
	}
	failed := make(chan error)
	for i, site := range sites {
		fmt.Printf("%s — %s\n", site.address, site.hint)
		go func() { failed <- newServer(site.handler).Serve(listeners[i]) }()
	}
	return <-failed
}

// listen listens on a port and on the next one, or on any two.
func listen(port int) (listeners [2]net.Listener, err error) {
	for i := range listeners {
		next := port
		if port != 0 {
			next += i
		}
		if listeners[i], err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", next)); err != nil {
			if i > 0 {
				_ = listeners[0].Close()
			}
			return listeners, fmt.Errorf("%w; PORT=… make run takes another port, and the one after it", err)
		}
	}
	return listeners, nil
}

func port(listener net.Listener) int { return listener.Addr().(*net.TCPAddr).Port }

// newServer bounds what a caller can hold, and for how long. The proxy sets the
// time for writing anew with each piece: its answers may be streams.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		// OPTIONS * is a path that is not plain, as any other.
		DisableGeneralOptionsHandler: true,
	}
}
