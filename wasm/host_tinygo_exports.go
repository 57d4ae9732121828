//go:build js && wasm && tinygo && !oauth2

package main

import (
	"unsafe"

	"github.com/traq-auth/traq-auth/authcore"
)

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
