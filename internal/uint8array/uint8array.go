//go:build js && wasm

// Package uint8array makes JavaScript's Uint8Array, for the programs that run as
// WebAssembly.
package uint8array

import "github.com/hack-pad/safejs"

// New returns a Uint8Array of the bytes.
func New(b []byte) (safejs.Value, error) {
	constructor, err := safejs.Global().Get("Uint8Array")
	if err != nil {
		return safejs.Value{}, err
	}
	value, err := constructor.New(len(b))
	if err != nil {
		return safejs.Value{}, err
	}
	_, err = safejs.CopyBytesToJS(value, b)
	return value, err
}
