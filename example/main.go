// Command example serves a page that signs in to traQ, with the API behind it
// on the same origin:
//
//	go run ./example -pkg build/standard -port 8080
//	go run ./example -pkg build/standard -port 8080 -traq https://traq.example
//
// The API is traQ in memory (authcore/authtest), where alice is ready with the
// password password1234, or a real one (example/proxy).
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/example/proxy"
	"github.com/traq-auth/traq-auth/example/site"
)

func main() {
	pkg := flag.String("pkg", "js/dist", "the folder with the built package")
	port := flag.Int("port", 8080, "the port on 127.0.0.1; 0 for any that is free")
	traq := flag.String("traq", "", "the origin of a real traQ server; one in memory without it")
	flag.Parse()
	if err := serve(*pkg, *port, *traq); err != nil {
		fmt.Fprintln(os.Stderr, "example:", err)
		os.Exit(1)
	}
}

func serve(pkg string, port int, traq string) error {
	if _, err := os.Stat(pkg + "/index.js"); err != nil {
		return fmt.Errorf("there is no built package in %s; run make run, which builds it", pkg)
	}
	handler, hint, err := handler(pkg, port, traq)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return fmt.Errorf("%w; PORT=… make run takes another port", err)
	}
	fmt.Printf("http://%s/ — %s\n", listener.Addr(), hint)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	return server.Serve(listener)
}

// handler serves the site in front of a real traQ, or of one in memory where
// its address is "", and says who can sign in.
func handler(pkg string, port int, traq string) (handler http.Handler, hint string, err error) {
	if traq == "" {
		return site.Handler(pkg, authtest.NewUnstartedServer(), ""), "sign in as alice, password1234", nil
	}
	origin, err := proxy.Origin(traq)
	if err != nil {
		return nil, "", err
	}
	if origin.Host == fmt.Sprintf("127.0.0.1:%d", port) || origin.Host == fmt.Sprintf("localhost:%d", port) {
		return nil, "", fmt.Errorf("%s is this page's own address; PORT=… make run takes another port", origin)
	}
	return site.Handler(pkg, proxy.New(origin), origin.String()), "sign in as you do at " + origin.String(), nil
}
