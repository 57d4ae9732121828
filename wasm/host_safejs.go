//go:build js && wasm && !tinygo

package main

import (
	"errors"

	"github.com/hack-pad/safejs"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/internal/uint8array"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// The host of standard Go. JavaScript's values are touched through safejs, and
// those that come from outside by calls alone: wasm_exec.js catches what a call
// throws, but not what a property's getter does.

func main() {
	exports, err := safejs.Global().Get("traqAuth")
	if err == nil {
		err = export(exports)
	}
	if err != nil {
		panic("globalThis.traqAuth must be an object: " + err.Error())
	}
	select {} // the functions answer for as long as the program runs
}

// export sets the functions on an object. They are never released: they are
// the module's surface for its whole life.
func export(exports safejs.Value) error {
	for name, f := range functions {
		fn, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
			promise, err := newPromise(func(resolve, reject safejs.Value) {
				p := &promised{name: name, function: f, resolved: resolve, rejected: reject}
				if len(args) > 1 {
					p.sender = args[1]
				}
				if len(args) > 0 {
					p.messages, _ = bytesOf(args[0]) // "" is no message
				}
				p.enter()
			})
			if err != nil {
				return safejs.Undefined() // no Promise on this engine: nothing can work
			}
			return promise
		})
		if err != nil {
			return err
		}
		if err := exports.Set(name, fn.Value()); err != nil {
			return err
		}
	}
	return nil
}

// lost is the message of a response that did not come.
var lost = string(wire.Message(wire.Response, func(w *wire.Writer) {
	w.Number(float64(authcore.FailureNetwork))
}))

type host = *promised

// promised is the host of a call: the promise that it was answered with.
type promised struct {
	name               string
	function           exported
	sender             safejs.Value
	resolved, rejected safejs.Value
	messages           string // the call, and the responses that have come
}

func (p *promised) enter() { begin(p, p.function, p.messages) }

// send enters again with the response; what is none counts as a request that
// failed on its way.
func (p *promised) send(request []byte) {
	resume := func(response string) {
		if _, ok := wire.NewReader(wire.Response, response); !ok {
			response = lost
		}
		p.messages += response
		p.enter()
	}
	failed := func(safejs.Value) { resume("") }
	bytes, err := uint8array.New(request)
	if err != nil {
		failed(safejs.Undefined())
		return
	}
	answer, err := p.sender.Invoke(bytes)
	if err == nil {
		err = then(answer, func(value safejs.Value) {
			message, _ := bytesOf(value)
			resume(message)
		}, failed)
	}
	if err != nil {
		failed(safejs.Undefined())
	}
}

// The two functions of a promise do not throw.

func (p *promised) resolve(result []byte) {
	bytes, err := uint8array.New(result)
	if err != nil {
		_, _ = p.rejected.Invoke(safejs.Undefined())
		return
	}
	_, _ = p.resolved.Invoke(bytes)
}

func (p *promised) reject(e *authcore.Error, wait int) {
	reason, err := newError(p.name, e, wait)
	if err != nil {
		reason = safejs.Undefined()
	}
	_, _ = p.rejected.Invoke(reason)
}

// newError gives an Error with the code, and the whole error as message bytes.
func newError(name string, e *authcore.Error, wait int) (safejs.Value, error) {
	constructor, err := safejs.Global().Get("Error")
	if err != nil {
		return safejs.Value{}, err
	}
	value, err := constructor.New(name + ": " + e.Message)
	if err != nil {
		return safejs.Value{}, err
	}
	bytes, err := uint8array.New(writeError(e, wait))
	if err != nil {
		return safejs.Value{}, err
	}
	return value, errors.Join(value.Set("code", string(e.Code)), value.Set("bytes", bytes))
}
