//go:build js && wasm && !tinygo

package main

import (
	"errors"

	"github.com/hack-pad/safejs"

	"github.com/traq-auth/traq-auth/wasm/wire"
)

// bytesOf gives the bytes of a Uint8Array. The value comes from outside, so it
// may be anything, a Proxy that throws too: it is asked for nothing before
// ArrayBuffer.isView has said that it is a real one.
func bytesOf(value safejs.Value) (string, error) {
	buffers, err := safejs.Global().Get("ArrayBuffer")
	if err != nil {
		return "", err
	}
	isView, err := buffers.Call("isView", value)
	if err != nil {
		return "", err
	}
	if is, err := isView.Bool(); err != nil || !is {
		return "", errors.Join(err, errors.New("not a Uint8Array"))
	}
	length, err := value.Length()
	if err != nil {
		return "", err
	}
	if length > wire.MaxSize {
		return "", errors.New("a message of more than 16 MiB")
	}
	b := make([]byte, length)
	n, err := safejs.CopyBytesToGo(b, value)
	return string(b[:n]), err
}
