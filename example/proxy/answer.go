package proxy

import (
	"net/http"
	"time"
)

// writeTimeout is how long a caller may take to read what is written at once.
// What it bounds is a caller who stalls: an answer as a whole may go on.
const writeTimeout = time.Minute

// answer is what an answer of the server is written to.
type answer struct {
	http.ResponseWriter
}

// WriteHeader leaves informational answers out: they would come with headers
// that are of the server's origin.
func (a answer) WriteHeader(status int) {
	if status >= http.StatusOK {
		a.ResponseWriter.WriteHeader(status)
	}
}

func (a answer) Write(bytes []byte) (int, error) {
	_ = http.NewResponseController(a.ResponseWriter).SetWriteDeadline(time.Now().Add(writeTimeout)) // where there is one
	return a.ResponseWriter.Write(bytes)
}

// Unwrap is for http.ResponseController, which flushes and takes connections over.
func (a answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
