//go:build js && wasm && tinygo && oauth2

package main

import (
	"unsafe"

	"github.com/traq-auth/traq-auth/authcore"
)

//go:wasmexport login
func exportLogin(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpLogin, authorize, at, size)
}

//go:wasmexport completeLogin
func exportCompleteLogin(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpCompleteLogin, completeLogin, at, size)
}

//go:wasmexport getAccessToken
func exportGetAccessToken(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpRefreshToken, refreshToken, at, size)
}

//go:wasmexport logout
func exportLogout(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpLogout, revokeToken, at, size)
}

//go:wasmexport getUser
func exportGetUser(at *byte, size uint32) unsafe.Pointer {
	return enter(authcore.OpGetUser, getUser, at, size)
}

func main() {} // never run: the exports answer from _initialize on
