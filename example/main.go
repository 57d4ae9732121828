// Command example serves a page that signs in to traQ, with the API behind it
// on the same origin:
//
//	go run ./example -pkg build/standard -port 8080
//
// The API is traQ in memory (authcore/authtest); alice is ready there, with the
// password password1234.
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/example/site"
)

func main() {
	pkg := flag.String("pkg", "js/dist", "the folder with the built package")
	port := flag.Int("port", 8080, "the port on 127.0.0.1; 0 for any that is free")
	flag.Parse()
	if err := serve(*pkg, *port); err != nil {
		fmt.Fprintln(os.Stderr, "example:", err)
		os.Exit(1)
	}
}

func serve(pkg string, port int) error {
	if _, err := os.Stat(pkg + "/index.js"); err != nil {
		return fmt.Errorf("there is no built package in %s; run make run, which builds it", pkg)
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return fmt.Errorf("%w; PORT=… make run takes another port", err)
	}
	fmt.Printf("http://%s/ — sign in as alice, password1234\n", listener.Addr())
	server := &http.Server{Handler: site.Handler(pkg, authtest.NewUnstartedServer()), ReadHeaderTimeout: time.Minute}
	return server.Serve(listener)
}
