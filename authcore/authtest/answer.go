package authtest

import (
	"bytes"
	"io"
	"net/http"
	"time"
)

// What a caller may send, and how long that, or to read an answer, may take. The
// real server has no bound on a body, and was seen to read 8 MiB.
const (
	maxBody     = 16 << 20
	maxHeader   = 64 << 10
	callTimeout = time.Minute
)

// answer is an answer that is not sent yet: to send it takes as long as its
// caller takes to read it, and meanwhile the server answers others.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

func (a *answer) send(w http.ResponseWriter) {
	a.WriteHeader(http.StatusOK)                                                    // where it has none
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(callTimeout)) // where there is a connection
	w.WriteHeader(a.status)
	_, _ = a.body.WriteTo(w) // a caller who went away misses it
}

// readBody reads a request's body into memory, and returns the request with it.
// That takes as long as its caller takes to send it, and net/http's server lets it.
func readBody(w http.ResponseWriter, r *http.Request) (read *http.Request, err error) {
	if r.ContentLength == 0 {
		return r, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, err
	}
	copied := *r // net/http looks at its own request's body again
	copied.Body = io.NopCloser(bytes.NewReader(body))
	return &copied, nil
}
