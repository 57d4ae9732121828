//go:build js && wasm

// Command crashing is in the place of js/testing/wasm, and panics when it is told to.
package main

import "syscall/js"

func main() {
	exports := js.Global().Get("traqAuthTesting")
	function := func(name string, f func()) {
		exports.Set(name, js.FuncOf(func(js.Value, []js.Value) any {
			f()
			return `{"value":1}`
		}))
	}
	function("create", func() {})
	function("requests", func() { panic("the answer is not 42") })
	function("handle", func() { // which is answered never, and wakes up after the crash
		js.Global().Call("setTimeout", js.FuncOf(func(js.Value, []js.Value) any { return nil }), 50)
	})
	select {}
}
