//go:build js && wasm && tinygo && !oauth2

package main

import "unsafe"

//go:wasmexport login
func exportLogin(at *byte, size uint32) unsafe.Pointer {
	return enter(login, at, size)
}

//go:wasmexport logout
func exportLogout(at *byte, size uint32) unsafe.Pointer {
	return enter(logout, at, size)
}

//go:wasmexport listSessions
func exportListSessions(at *byte, size uint32) unsafe.Pointer {
	return enter(listSessions, at, size)
}

//go:wasmexport revokeSession
func exportRevokeSession(at *byte, size uint32) unsafe.Pointer {
	return enter(revokeSession, at, size)
}

//go:wasmexport listAccounts
func exportListAccounts(at *byte, size uint32) unsafe.Pointer {
	return enter(listAccounts, at, size)
}

//go:wasmexport linkAccount
func exportLinkAccount(at *byte, size uint32) unsafe.Pointer {
	return enter(linkAccount, at, size)
}

//go:wasmexport loginWith
func exportLoginWith(at *byte, size uint32) unsafe.Pointer {
	return enter(loginWith, at, size)
}

//go:wasmexport unlinkAccount
func exportUnlinkAccount(at *byte, size uint32) unsafe.Pointer {
	return enter(unlinkAccount, at, size)
}

//go:wasmexport listProviders
func exportListProviders(at *byte, size uint32) unsafe.Pointer {
	return enter(listProviders, at, size)
}

//go:wasmexport getServerInfo
func exportGetServerInfo(at *byte, size uint32) unsafe.Pointer {
	return enter(getServerInfo, at, size)
}

//go:wasmexport getUser
func exportGetUser(at *byte, size uint32) unsafe.Pointer {
	return enter(getUser, at, size)
}

func main() {} // never run: the exports answer from _initialize on
