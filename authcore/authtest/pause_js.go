package authtest

import (
	"context"
	"syscall/js"
)

// pause waits until JavaScript has had some turns, and returns whether that is still
// wanted. A timer of Go's would not do: on a slow machine it may be over before
// JavaScript, which sends requests one after the other, has sent the next one.
func pause(ctx context.Context) bool {
	for range 10 {
		turn := make(chan struct{})
		var callback js.Func
		callback = js.FuncOf(func(js.Value, []js.Value) any {
			callback.Release()
			close(turn)
			return nil
		})
		js.Global().Call("setTimeout", callback, 2)
		select {
		case <-turn:
		case <-ctx.Done():
			return false
		}
	}
	return true
}
