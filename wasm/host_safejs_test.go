//go:build js && wasm && !tinygo

package main

import (
	"encoding/json"
	"runtime"
	"syscall/js"
	"testing"
	"unsafe"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/internal/uint8array"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// These run in a browser, by wasmbrowsertest: what JavaScript sees of the
// module that standard Go builds.

// calls are played by js/test/unit/module/runtime.test.ts against the other host.
type calls []struct {
	Name, Operation string
	Call            message
	Steps           []struct{ Request, Response message }
	Answer          message
}

type message struct {
	Kind    wire.Kind
	Numbers []float64
	Texts   []*string
}

func (m message) bytes() []byte {
	return wire.Message(m.Kind, func(w *wire.Writer) {
		for _, n := range m.Numbers {
			w.Number(n)
		}
		for _, s := range m.Texts {
			if s == nil {
				w.Optional("")
			} else {
				w.Text(*s)
			}
		}
	})
}

// module gives the exported functions, as JavaScript has them.
func module(t *testing.T) js.Value {
	exports := js.Global().Get("Object").New()
	require.NoError(t, export(safejs.Safe(exports)))
	return exports
}

// eval gives a JavaScript expression's value.
func eval(expression string) js.Value { return js.Global().Call("eval", "("+expression+")") }

func array(t *testing.T, b []byte) js.Value {
	value, err := uint8array.New(b)
	require.NoError(t, err)
	return safejs.Unsafe(value)
}

// settled waits for a promise.
func settled(promise js.Value) (value js.Value, rejected bool) {
	done := make(chan struct{})
	settle := func(is bool) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			value, rejected = args[0], is
			close(done)
			return nil
		})
	}
	fulfil, reject := settle(false), settle(true)
	defer fulfil.Release()
	defer reject.Release()
	promise.Call("then", fulfil, reject)
	<-done
	return value, rejected
}

func bytesOfValue(t *testing.T, value js.Value) []byte {
	text, err := bytesOf(safejs.Safe(value))
	require.NoError(t, err)
	return []byte(text)
}

func TestCalls(t *testing.T) {
	var all calls
	require.NoError(t, json.Unmarshal(callsJSON, &all))
	require.NotEmpty(t, all)
	exports := module(t)
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			step := 0
			send := js.FuncOf(func(_ js.Value, args []js.Value) any {
				if !assert.Less(t, step, len(c.Steps), "one request too many") {
					return nil
				}
				s := c.Steps[step]
				step++
				assert.Equal(t, string(s.Request.bytes()), string(bytesOfValue(t, args[0])))
				return js.Global().Get("Promise").Call("resolve", array(t, s.Response.bytes()))
			})
			defer send.Release()
			value, rejected := settled(exports.Call(c.Operation, array(t, c.Call.bytes()), send))
			assert.Equal(t, len(c.Steps), step)
			assert.Equal(t, c.Answer.Kind == wire.Error, rejected)
			if !rejected {
				assert.Equal(t, string(c.Answer.bytes()), string(bytesOfValue(t, value)))
				return
			}
			assert.True(t, value.InstanceOf(js.Global().Get("Error")))
			assert.Equal(t, *c.Answer.Texts[0], value.Get("code").String())
			got, ok := wire.NewReader(wire.Error, string(bytesOfValue(t, value.Get("bytes"))))
			require.True(t, ok)
			for _, n := range c.Answer.Numbers {
				assert.Equal(t, n, got.Number())
			}
			for _, want := range c.Answer.Texts {
				switch text := got.Text(); {
				case want == nil:
					assert.Empty(t, text)
				case *want == "*":
					assert.NotEmpty(t, text, "a message for people")
				default:
					assert.Equal(t, *want, text)
				}
			}
		})
	}
}

func TestArgumentsOfTheWrongKind(t *testing.T) {
	exports := module(t)
	const throwing = `new Proxy({}, { get() { throw new Error("get"); }, has() { throw 1; }, getPrototypeOf() { throw 2; } })`
	for _, argument := range []string{
		"undefined", "null", "42", "'text'", "[]", "{}", "() => {}", "Symbol()", "10n", "NaN", throwing,
		"{ get length() { throw new Error('length') } }", "new Uint8Array(3)", "new Uint8Array(0)", "new Uint16Array(40)", "new ArrayBuffer(40)",
		"new Uint8Array(17 << 20)", "Object.create(Uint8Array.prototype)",
	} {
		t.Run(argument, func(t *testing.T) {
			value, rejected := settled(exports.Call("login", eval(argument), eval("() => { throw new Error('sent') }")))
			assert.True(t, rejected)
			assert.Equal(t, string(authcore.CodeInvalidArgument), value.Get("code").String())
		})
	}
	value, rejected := settled(exports.Call("login"))
	assert.True(t, rejected)
	assert.Equal(t, string(authcore.CodeInvalidArgument), value.Get("code").String())
	livesOn(t, exports)
}

func TestSendThatFails(t *testing.T) {
	exports := module(t)
	for _, send := range []string{
		"undefined", "null", "42", "'text'", "{}", "new Proxy(() => {}, { apply() { throw null } })",
		"() => { throw new Error('x') }", "() => { throw null }", "() => { throw 'text' }", "() => { throw undefined }",
		"() => Promise.reject(null)", "() => Promise.reject('text')", "() => Promise.reject()", "() => Promise.reject(new Error('x'))",
		"() => {}", "() => null", "() => 42", "() => Promise.resolve(null)", "() => Promise.resolve({})", "() => new Uint8Array(2)",
		"() => ({ get then() { throw new Error('x') } })", "() => ({ then() { throw null } })", "() => ({ then(ok, fail) { fail('x'); ok(1); throw 2 } })",
		"() => new Proxy({}, { get() { throw null } })",
	} {
		t.Run(send, func(t *testing.T) {
			value, rejected := settled(exports.Call(oneCall, array(t, callOfOne()), eval(send)))
			assert.True(t, rejected)
			assert.Equal(t, string(authcore.CodeNetworkError), value.Get("code").String())
		})
	}
	livesOn(t, exports)
}

// response is the message of a response with the status 200.
func response(body string) []byte {
	return wire.Message(wire.Response, func(w *wire.Writer) {
		w.Number(0)
		w.Number(200)
		w.Bool(false)
		for _, s := range []string{"basic", "", "", "", body} {
			w.Text(s)
		}
	})
}

// livesOn makes sure that the module still answers.
func livesOn(t *testing.T, exports js.Value) {
	js.Global().Set("answer", array(t, answerOfOne()))
	defer js.Global().Delete("answer")
	_, rejected := settled(exports.Call(oneCall, array(t, callOfOne()), eval("async () => answer")))
	assert.False(t, rejected)
}

// wasm_exec.js keeps what Go holds of JavaScript in a table; callbacks that
// were not released would stay there.
func TestCallbacksAreReleased(t *testing.T) {
	exports := module(t)
	js.Global().Set("answer", array(t, answerOfOne()))
	defer js.Global().Delete("answer")
	send := eval("async () => answer")
	call := array(t, callOfOne())
	length := func(calls int) int {
		for i := range calls {
			_, rejected := settled(exports.Call(oneCall, call, send))
			require.False(t, rejected)
			if i%20 == 19 {
				// Values are given back when Go collects its own.
				runtime.GC()
				runtime.Gosched()
			}
		}
		return wasmExec().Get("_values").Length()
	}
	after100 := length(100)
	assert.Equal(t, after100, length(9_900))
}

// wasmExec is the Go object of wasm_exec.js, which is the seventh value that it
// hands out.
func wasmExec() js.Value {
	value := js.Global()
	*(*uint64)(unsafe.Pointer(&value)) = (0x7FF80000|1)<<32 | 6
	return value
}
