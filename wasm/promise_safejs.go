//go:build js && wasm && !tinygo

package main

import "github.com/hack-pad/safejs"

// newPromise gives a promise whose two functions are handed to start.
//
// https://tc39.es/ecma262/#sec-promise-executor
func newPromise(start func(resolve, reject safejs.Value)) (safejs.Value, error) {
	constructor, err := safejs.Global().Get("Promise")
	if err != nil {
		return safejs.Value{}, err
	}
	executor, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		start(args[0], args[1])
		return safejs.Undefined()
	})
	if err != nil {
		return safejs.Value{}, err
	}
	defer executor.Release() // the constructor has called it when it returns
	return constructor.New(executor.Value())
}

// then calls one of the two functions once, when the value, which may be a
// promise, is settled, and releases both callbacks.
func then(value safejs.Value, fulfilled, rejected func(safejs.Value)) error {
	constructor, err := safejs.Global().Get("Promise")
	if err != nil {
		return err
	}
	// Promise.resolve makes a promise of anything, of a thenable that throws too.
	promise, err := constructor.Call("resolve", value)
	if err != nil {
		return err
	}
	var callbacks [2]safejs.Func
	settle := func(f func(safejs.Value)) (safejs.Func, error) {
		return safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
			callbacks[0].Release()
			callbacks[1].Release()
			f(args[0])
			return safejs.Undefined()
		})
	}
	if callbacks[0], err = settle(fulfilled); err != nil {
		return err
	}
	if callbacks[1], err = settle(rejected); err != nil {
		callbacks[0].Release()
		return err
	}
	if _, err = promise.Call("then", callbacks[0].Value(), callbacks[1].Value()); err != nil {
		callbacks[0].Release()
		callbacks[1].Release()
	}
	return err
}
