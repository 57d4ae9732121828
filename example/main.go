// Command example serves a page that signs in to traQ, with the API behind it
// on the same origin:
//
//	go run ./example -pkg build/standard -port 8080
//	go run ./example -pkg build/standard -port 8080 -traq https://traq.example
//
// The API is traQ in memory (authcore/authtest), where alice is ready with the
// password password1234, or a real one (example/proxy). It answers to its own
// hosts alone (example/guard); -hosts adds others.
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/example/guard"
	"github.com/traq-auth/traq-auth/example/proxy"
	"github.com/traq-auth/traq-auth/example/site"
)

func main() {
	pkg := flag.String("pkg", "js/dist", "the folder with the built package")
	port := flag.Int("port", 8080, "the port on 127.0.0.1; 0 for any that is free")
	traq := flag.String("traq", "", "the origin of a real traQ server; one in memory without it")
	hosts := flag.String("hosts", "", "other hosts by which browsers ask for the page, such as those of a tunnel or of another\n"+
		"port that is forwarded, with commas between: traq-auth.example,localhost:9000; every host\n"+
		"but these and 127.0.0.1, localhost and [::1] at the port is refused (421)")
	flag.Parse()
	if err := serve(*pkg, *port, *traq, *hosts); err != nil {
		fmt.Fprintln(os.Stderr, "example:", err)
		os.Exit(1)
	}
}

func serve(pkg string, port int, traq, added string) error {
	if _, err := os.Stat(pkg + "/index.js"); err != nil {
		return fmt.Errorf("there is no built package in %s; run make run, which builds it", pkg)
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return fmt.Errorf("%w; PORT=… make run takes another port", err)
	}
	hosts, err := guard.Own(listener.Addr().(*net.TCPAddr).Port, added)
	if err != nil {
		return err
	}
	handler, hint, err := handler(pkg, traq, hosts)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s/ — %s\n", listener.Addr(), hint)
	return newServer(handler).Serve(listener)
}

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

// handler serves the site at its hosts, in front of a real traQ, or of one in
// memory where its address is "", and says who can sign in.
func handler(pkg, traq string, hosts []string) (handler http.Handler, hint string, err error) {
	guarded := func(site http.Handler) http.Handler { return guard.Hosts(hosts, guard.Plain(site)) }
	if traq == "" {
		return guarded(site.Handler(pkg, authtest.NewUnstartedServer(), "")), "sign in as alice, password1234", nil
	}
	origin, err := proxy.Origin(traq)
	if err != nil {
		return nil, "", err
	}
	if slices.Contains(hosts, origin.Host) {
		return nil, "", fmt.Errorf("%s is this page's own address; PORT=… make run takes another port", origin)
	}
	return guarded(site.Handler(pkg, proxy.New(origin), origin.String())), "sign in as you do at " + origin.String(), nil
}
