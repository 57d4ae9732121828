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
func enter(name string, f exported, at *byte, size uint32) unsafe.Pointer {
	var l linear
	begin(&l, name, f, unsafe.String(at, size))
	return unsafe.Pointer(unsafe.SliceData(l.answer))
}

//go:wasmexport login
func exportLogin(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpLogin, login, at, size)
}

//go:wasmexport logout
func exportLogout(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpLogout, logout, at, size)
}

//go:wasmexport listSessions
func exportListSessions(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpListSessions, listSessions, at, size)
}

//go:wasmexport revokeSession
func exportRevokeSession(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpRevokeSession, revokeSession, at, size)
}

//go:wasmexport listAccounts
func exportListAccounts(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpListAccounts, listAccounts, at, size)
}

//go:wasmexport linkAccount
func exportLinkAccount(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpLinkAccount, linkAccount, at, size)
}

//go:wasmexport loginWith
func exportLoginWith(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpLoginWith, loginWith, at, size)
}

//go:wasmexport unlinkAccount
func exportUnlinkAccount(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpUnlinkAccount, unlinkAccount, at, size)
}

//go:wasmexport listProviders
func exportListProviders(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpListProviders, listProviders, at, size)
}

//go:wasmexport getServerInfo
func exportGetServerInfo(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpGetServerInfo, getServerInfo, at, size)
}

//go:wasmexport getUser
func exportGetUser(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpGetUser, getUser, at, size)
}

func main() {} // never run: the exports answer from _initialize on
