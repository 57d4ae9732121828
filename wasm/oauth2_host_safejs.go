//go:build js && wasm && !tinygo && oauth2

package main

import "github.com/traq-auth/traq-auth/authcore"

// functions are the exported functions by name.
var functions = map[string]exported{
	authcore.OpLogin:         authorize,
	authcore.OpCompleteLogin: completeLogin,
	"getAccessToken":         refreshToken,
	authcore.OpLogout:        revokeToken,
	authcore.OpGetUser:       getUser,
}
