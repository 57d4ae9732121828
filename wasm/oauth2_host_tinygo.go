//go:build js && wasm && tinygo && oauth2

package main

import "unsafe"

//go:wasmexport login
func exportLogin(at *byte, size uint32) unsafe.Pointer {
	return enter(authorize, at, size)
}

//go:wasmexport completeLogin
func exportCompleteLogin(at *byte, size uint32) unsafe.Pointer {
	return enter(completeLogin, at, size)
}

//go:wasmexport getAccessToken
func exportGetAccessToken(at *byte, size uint32) unsafe.Pointer {
	return enter(refreshToken, at, size)
}

//go:wasmexport logout
func exportLogout(at *byte, size uint32) unsafe.Pointer {
	return enter(revokeToken, at, size)
}

//go:wasmexport getUser
func exportGetUser(at *byte, size uint32) unsafe.Pointer {
	return enter(getUser, at, size)
}

func main() {} // never run: the exports answer from _initialize on
