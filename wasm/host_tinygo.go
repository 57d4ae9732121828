//go:build js && wasm && tinygo

package main

import (
	"unsafe"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// The host of the module that is shipped. JavaScript enters in two steps:
// alloc gives room for an entry's messages, which it writes there, and one of
// the exported functions reads them and gives the address of the message that
// it answers with. So Go calls nothing, nothing re-enters it, and no entry can
// end without an answer.
//
// Memory is an arena: alloc takes back all that the entry before it took. So
// nothing may be kept from one entry to the next, which js/test/unit checks,
// and there is no collector, which would be a quarter of the module's size.

// heap is the address of the next object: gc_leaking.go of TinyGo's runtime,
// which adds to it and never frees.
//
//go:extern runtime.heapptr
var heap uintptr

// bottom is where the arena begins: behind what the start of the program took.
var bottom uintptr

// alloc gives the address of size bytes for an entry's messages, 0 for more
// than a call can need.
//
//go:wasmexport alloc
func alloc(size uint32) unsafe.Pointer {
	if size > maxEntry {
		return nil
	}
	if bottom == 0 {
		bottom = heap
	}
	// The runtime takes new memory to be zero.
	clear(unsafe.Slice((*byte)(unsafe.Pointer(bottom)), heap-bottom))
	heap = bottom
	return unsafe.Pointer(unsafe.SliceData(make([]byte, size)))
}

// maxEntry is the size of a call and of the responses to its requests, of which
// one at most has a body worth the name.
const maxEntry = 2 * wire.MaxSize

// linear is the host of an entry.
type host = *linear

type linear struct{ answer []byte }

func (l *linear) send(request []byte)                  { l.answer = request }
func (l *linear) resolve(result []byte)                { l.answer = result }
func (l *linear) reject(err *authcore.Error, wait int) { l.answer = writeError(err, wait) }

// enter runs a function with the size bytes of messages that were written at
// the address that alloc gave.
func enter(f exported, at *byte, size uint32) unsafe.Pointer {
	var l linear
	begin(&l, f, unsafe.String(at, size))
	return unsafe.Pointer(unsafe.SliceData(l.answer))
}
