//go:build js && wasm && tinygo

package main

import (
	"unsafe"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// The host of the module that is shipped. JavaScript enters in two steps:
// alloc gives room for a message, which it writes there, and an entry (one of
// the exported functions, or resume) reads it and gives the address of the
// message that it answers with: a request, a result or an error. So Go calls
// nothing, nothing re-enters it, and no entry can end without an answer.
//
// Nothing here may be called by more than one at a time, and nothing is: an
// entry returns before JavaScript goes on.

// input is the room that alloc gave; output is the last answer, which must
// stay until JavaScript has copied it.
var input, output []byte

// pending are the calls that wait for a response, by handle.
var pending []func(response string)

// linear is the host of an entry.
type linear struct{}

func (linear) send(request *authcore.Request, resume func(string)) {
	handle := 0
	for handle < len(pending) && pending[handle] != nil {
		handle++
	}
	if handle == len(pending) {
		pending = append(pending, nil)
	}
	pending[handle] = resume
	output = writeRequest(handle, request).Bytes()
}

func (linear) resolve(result *wire.Writer) { output = result.Bytes() }

func (linear) reject(err *authcore.Error) { output = writeError(err).Bytes() }

// alloc gives the address of size bytes for the next entry's message. It
// forgets the last answer.
//
//go:wasmexport alloc
func alloc(size uint32) unsafe.Pointer {
	output = nil
	if size > wire.MaxSize {
		return nil
	}
	input = make([]byte, size)
	return unsafe.Pointer(unsafe.SliceData(input))
}

// take gives the message that was written, and lets go of it.
func take() string {
	message := unsafe.String(unsafe.SliceData(input), len(input))
	input = nil
	return message
}

func enter(name string, f exported) unsafe.Pointer {
	begin(linear{}, name, f, take())
	return answer()
}

func answer() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(output)) }

// resume goes on with the call that waits under the handle; the message is the
// response.
//
//go:wasmexport resume
func resume(handle uint32) unsafe.Pointer {
	next := pending[handle]
	pending[handle] = nil
	next(take())
	return answer()
}

//go:wasmexport login
func exportLogin() unsafe.Pointer { return enter(authcore.OpLogin, login) }

//go:wasmexport logout
func exportLogout() unsafe.Pointer { return enter(authcore.OpLogout, logout) }

//go:wasmexport listSessions
func exportListSessions() unsafe.Pointer { return enter(authcore.OpListSessions, listSessions) }

//go:wasmexport revokeSession
func exportRevokeSession() unsafe.Pointer { return enter(authcore.OpRevokeSession, revokeSession) }

//go:wasmexport listAccounts
func exportListAccounts() unsafe.Pointer { return enter(authcore.OpListAccounts, listAccounts) }

//go:wasmexport linkAccount
func exportLinkAccount() unsafe.Pointer { return enter(authcore.OpLinkAccount, linkAccount) }

//go:wasmexport unlinkAccount
func exportUnlinkAccount() unsafe.Pointer { return enter(authcore.OpUnlinkAccount, unlinkAccount) }

//go:wasmexport listProviders
func exportListProviders() unsafe.Pointer { return enter(authcore.OpListProviders, listProviders) }

//go:wasmexport getServerInfo
func exportGetServerInfo() unsafe.Pointer { return enter(authcore.OpGetServerInfo, getServerInfo) }

//go:wasmexport getUser
func exportGetUser() unsafe.Pointer { return enter(authcore.OpGetUser, getUser) }

func main() {} // never run: the exports answer from _initialize on
