// Package serving is what the programs have in common that serve a browser for
// the end-to-end tests and for the measurements: js/test/e2e/server and
// bench/server. What starts one is js/test/e2e/program.ts.
package serving

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
)

// Listen serves at a host, on a port that is free, for the program's life, and
// gives the origin.
func Listen(host string, handler http.Handler) (origin string, err error) {
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return "", err
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	go func() { _ = http.Serve(listener, handler) }()
	return "http://" + net.JoinHostPort(host, port), nil
}

// Tell prints what was started as a line of JSON, and returns when standard
// input ends: so no server outlives what has started it.
func Tell(started map[string]string) error {
	if err := json.NewEncoder(os.Stdout).Encode(started); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// Blank is a page with nothing of its own on it.
func Blank(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, `<!doctype html><link rel="icon" href="data:,"><title>blank</title>`)
}
