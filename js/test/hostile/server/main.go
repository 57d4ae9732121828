// Command server is what the browsers are driven against that meet a hostile
// server: internal/hostile, and beside it the package on the same origins.
//
//	go run ./js/test/hostile/server -pkg js/dist
//
// It prints its first origin as JSON, where /hostile/table.json has all else, and
// ends when its standard input does.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"

	"github.com/traq-auth/traq-auth/example/site"
	"github.com/traq-auth/traq-auth/internal/hostile"
	"github.com/traq-auth/traq-auth/js/test/serving"
)

func main() {
	pkg := flag.String("pkg", "js/dist", "the folder with the built package")
	origins := flag.Int("origins", 4, "how many origins there are over HTTP/1.1")
	flag.Parse()
	if err := run(*pkg, *origins); err != nil {
		fmt.Fprintln(os.Stderr, "js/test/hostile/server:", err)
		os.Exit(1)
	}
}

func run(pkg string, origins int) error {
	mux := http.NewServeMux()
	mux.Handle("/", site.Handler(pkg, http.NotFoundHandler(), site.Config{}))
	mux.HandleFunc("GET /_test/blank", serving.Blank)
	server, err := hostile.Start(hostile.Cases(), mux, origins)
	if err != nil {
		return err
	}
	defer server.Close()
	return serving.Tell(map[string]string{"origin": server.Origins[0]})
}
