// Command wasm is authtest as WebAssembly: what the npm package traq-auth-testing
// has instead of a server. Its functions are set on the object
// globalThis.traqAuthTesting; js/testing/src/program.ts calls them.
package main
