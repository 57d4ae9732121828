//go:build js && wasm

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

func writeRequest(request *authcore.Request) []byte {
	return wire.Message(wire.Request, func(w *wire.Writer) {
		w.Text(request.Method)
		w.Text(request.URL)
		w.Text(string(request.Credentials))
		w.Optional(request.Authorization)
		w.Optional(request.Body)
	})
}

// readResponse reads a response; what is no message counts as a request that
// failed on its way.
func readResponse(message string) *authcore.Response {
	m, ok := wire.NewReader(wire.Response, message)
	if !ok {
		return &authcore.Response{Failure: authcore.FailureNetwork}
	}
	var r authcore.Response
	r.Failure = authcore.Failure(integer(m))
	r.Status = integer(m)
	r.Redirected = m.Bool()
	r.FromTraQ = m.Bool()
	r.Type = m.Text()
	r.ContentType = m.Text()
	r.RequestID = m.Text()
	r.RetryAfter = m.Text()
	r.Body = m.Text()
	return &r
}

// writeError writes an error, and in how many milliseconds to try again.
func writeError(e *authcore.Error, wait int) []byte {
	return wire.Message(wire.Error, func(w *wire.Writer) {
		w.Number(float64(e.Status))
		w.Number(float64(e.RetryAfter))
		w.Bool(e.Retryable)
		w.Number(float64(wait))
		w.Text(string(e.Code))
		w.Text(e.Message)
		w.Optional(e.ServerMessage)
		w.Optional(e.RequestID)
	})
}

// integer reads a number as an int. It is not inlined: the compiler's check of
// what an int can hold is long.
//
//go:noinline
func integer(m *wire.Reader) int { return int(m.Number()) }
