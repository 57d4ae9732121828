//go:build js && wasm && !tinygo && oauth2

package main

import (
	_ "embed"

	"github.com/traq-auth/traq-auth/wasm/wire"
)

//go:embed testdata/oauth2_calls.json
var callsJSON []byte

// oneCall is a call that reads, with what it takes and is answered with.
const oneCall = "getUser"

func callOfOne() []byte {
	return wire.Message(wire.Call, func(w *wire.Writer) {
		w.Bool(true)
		w.Text("https://q.example/api/v3")
		w.Optional("")
		w.Text("omit")
		w.Text("t0k.en")
		w.Text("the-app")
		w.Optional("")
		w.Text("read")
	})
}

func answerOfOne() []byte {
	const id = "0197a1f4-3b5e-7c7a-9d5e-2f1a6b3c4d5e"
	return response("id\x00\"" + id + "\x00name\x00\"alice\x00displayName\x00\"Alice\x00iconFileId\x00\"" + id + "\x00")
}
