//go:build js && wasm

// The module: traQ's Authentication API, exported to JavaScript.
//
// Each function takes a message and a way to send requests, and gives a
// promise of a message; package wire says what they look like.
//
//	login logout listSessions revokeSession listAccounts linkAccount
//	unlinkAccount loginWith listProviders getServerInfo getUser
//	    (call: Uint8Array, send: (request: Uint8Array) => Promise<Uint8Array>) => Promise<Uint8Array>
//
// main.go has these functions, once. How they get across is the host's matter,
// and differs by compiler:
//
//   - Standard Go (host_safejs.go) sets them as functions on the object
//     globalThis.traqAuth, which must be there when the module starts. A promise
//     is rejected with an Error that has a code, and the error message as bytes.
//   - TinyGo (host_tinygo.go), which is what is shipped, exports them as
//     WebAssembly functions over linear memory; js/src/module/runtime-tinygo.ts makes
//     the promises.
//
// No function blocks and none starts a goroutine: every step is a callback.
package main
