//go:build js && wasm

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/hack-pad/safejs"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/internal/uint8array"
)

// cancels end the requests that are not answered yet, by their numbers.
var cancels = map[int]context.CancelFunc{}

var lastRequest int

// request is one as JavaScript writes it; its body is given beside it.
type request struct {
	Method, URL string
	Headers     [][2]string
}

// head is what JavaScript reads of a response; its body is given beside it.
type head struct {
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
	// Broken is why the answer ends too early, "" where it does not.
	Broken string `json:"broken"`
}

// handle answers a request, which it returns the number of: the function given is
// called with the head and the body, later.
func handle(server *authtest.Server, args []safejs.Value) (any, error) {
	text, err := args[0].String()
	if err != nil {
		return nil, err
	}
	var asked request
	if err := json.Unmarshal([]byte(text), &asked); err != nil {
		return nil, err
	}
	body, err := bytesOf(args[1])
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	handler := server.ServeHTTP
	r, err := http.NewRequestWithContext(ctx, asked.Method, asked.URL, bytes.NewReader(body))
	if err != nil {
		handler = badRequest
		r, _ = http.NewRequestWithContext(ctx, http.MethodGet, "/", nil) // never fails
	}
	for _, header := range asked.Headers {
		r.Header.Add(header[0], bytesOfString(header[1]))
	}
	r.RequestURI = r.URL.RequestURI()
	r.RemoteAddr = "127.0.0.1:1" // as of everybody's
	lastRequest++
	number := lastRequest
	cancels[number] = cancel
	done := args[2]
	go func() {
		answer := &recorder{header: http.Header{}, now: server.Time}
		answer.serve(handler, r)
		delete(cancels, number)
		cancel()
		answer.give(done)
	}()
	return number, nil
}

// badRequest answers what is no request, as "GET /%zz", as net/http does before it
// has a handler.
func badRequest(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = io.WriteString(w, "400 Bad Request") // a recorder's, which takes it
}

func cancel(args []safejs.Value) (any, error) {
	number, err := args[0].Int()
	if end := cancels[number]; end != nil {
		end()
	}
	return nil, err
}

// recorder is net/http/httptest's, without what that brings along. As net/http
// does, it sets the Date.
type recorder struct {
	header http.Header // that the handler writes to
	sent   http.Header // as it was when the answer began
	status int
	body   bytes.Buffer
	broken string
	// now is the server's clock: the server itself, as a member of what is an
	// interface somewhere, would keep all of net/http's methods in the module.
	now func() time.Time
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		if _, set := r.header["Date"]; !set {
			r.header.Set("Date", r.now().UTC().Format(http.TimeFormat))
		}
		r.status, r.sent = status, r.header.Clone()
	}
}

func (r *recorder) Write(b []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(b)
}

func (r *recorder) Flush() { r.WriteHeader(http.StatusOK) }

// serve has the server answer. As in net/http, a panic breaks the connection off.
func (r *recorder) serve(handler http.HandlerFunc, request *http.Request) {
	defer func() {
		switch reason := recover(); {
		case reason == http.ErrAbortHandler:
			r.broken = "the connection broke off"
		case reason != nil:
			r.broken = fmt.Sprint(reason)
		case request.Context().Err() != nil && r.status == 0:
			r.broken = "the request was cancelled"
		default:
			r.WriteHeader(http.StatusOK) // where it has none
		}
	}()
	handler(r, request)
}

func (r *recorder) give(done safejs.Value) {
	h := head{Status: r.status, Headers: [][2]string{}, Broken: r.broken}
	for name, values := range r.sent {
		for _, value := range values {
			h.Headers = append(h.Headers, [2]string{name, byteString(asSent.Replace(value))})
		}
	}
	text, _ := json.Marshal(h) // never fails
	bytes, err := uint8array.New(r.body.Bytes())
	if err == nil {
		_, err = done.Invoke(string(text), bytes)
	}
	if err != nil {
		panic(err) // the package's own function does not throw
	}
}

// asSent is what net/http writes of a header's value.
var asSent = strings.NewReplacer("\n", " ", "\r", " ")

// byteString is a header's value as JavaScript has it: a character for each byte
// (Web IDL, ByteString).
func byteString(value string) string {
	characters := make([]rune, len(value))
	for i := range len(value) {
		characters[i] = rune(value[i])
	}
	return string(characters)
}

func bytesOfString(value string) string {
	bytes := make([]byte, 0, len(value))
	for _, character := range value {
		bytes = append(bytes, byte(character))
	}
	return string(bytes)
}

func bytesOf(value safejs.Value) ([]byte, error) {
	if value.IsNull() {
		return nil, nil
	}
	length, err := value.Length()
	if err != nil {
		return nil, err
	}
	b := make([]byte, length)
	_, err = safejs.CopyBytesToGo(b, value)
	return b, err
}
