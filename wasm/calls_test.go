//go:build js && wasm && !tinygo && !oauth2

package main

import (
	_ "embed"

	"github.com/traq-auth/traq-auth/wasm/wire"
)

//go:embed testdata/calls.json
var callsJSON []byte

// oneCall is a call that reads, with what it takes and is answered with.
const oneCall = "listSessions"

func callOfOne() []byte {
	return wire.Message(wire.Call, func(w *wire.Writer) {
		w.Bool(false)
		w.Text("https://q.example/api/v3")
		w.Optional("")
		w.Text("same-origin")
		w.Optional("")
	})
}

func answerOfOne() []byte { return response("[]") }
