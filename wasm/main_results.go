//go:build js && wasm

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// What the messages of the kind result hold; see wasm/wire/doc.go.

func writeRedirected(w *wire.Writer, redirected *authcore.Redirected) {
	w.Optional(redirected.To)
	if redirected.User.ID != "" {
		writeUser(w, &redirected.User)
	}
}

func writeUser(w *wire.Writer, user *authcore.User) {
	w.Text(user.ID)
	w.Text(user.Name)
	w.Text(user.DisplayName)
	w.Text(user.IconFileID)
}

func writeTexts(w *wire.Writer, texts []string) {
	for _, s := range texts {
		w.Text(s)
	}
}

func writeNothing(*wire.Writer, *struct{}) {}
