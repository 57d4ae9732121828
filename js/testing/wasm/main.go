//go:build js && wasm

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hack-pad/safejs"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
)

// servers are those that are not closed, by the numbers that JavaScript has.
var servers = map[int]*authtest.Server{}

var lastServer int

// functions are what JavaScript calls. Each takes texts, numbers, bytes and
// functions of the package's own, never a caller's objects; what it throws is an
// error's text, which it returns as {"error": …}.
var functions = map[string]func(args []safejs.Value) (any, error){
	"create": func([]safejs.Value) (any, error) {
		lastServer++
		server := authtest.NewUnstartedServer()
		// Without the monotonic clock: where a test replaces Date, all follows.
		server.Now = func() time.Time { return time.Now().Round(0) }
		servers[lastServer] = server
		return lastServer, nil
	},
	"close": func(args []safejs.Value) (any, error) {
		id, err := args[0].Int()
		delete(servers, id)
		return nil, err
	},
	"act":      onServer(act),
	"session":  onServer(openSession),
	"requests": onServer(func(server *authtest.Server, _ []safejs.Value) (any, error) { return server.Requests(), nil }),
	"handle":   onServer(handle),
	"cancel":   cancel,
}

func main() {
	exports, err := safejs.Global().Get("traqAuthTesting")
	for name, function := range functions {
		err = errors.Join(err, export(exports, name, function))
	}
	if err != nil {
		panic("globalThis.traqAuthTesting must be an object: " + err.Error())
	}
	select {} // the functions answer for as long as the program runs
}

// export sets a function on an object. It returns the text of {"value": …} or of
// {"error": …}: a panic of authtest's, at a name that is none, is an error too.
func export(on safejs.Value, name string, function func([]safejs.Value) (any, error)) error {
	fn, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		result := map[string]any{}
		value, err := unpanicked(func() (any, error) { return function(args) })
		if err != nil {
			result["error"] = err.Error()
		} else {
			result["value"] = value
		}
		text, _ := json.Marshal(result) // of what is above it never fails
		return string(text)
	})
	if err != nil {
		return err
	}
	return on.Set(name, fn.Value())
}

func unpanicked(f func() (any, error)) (value any, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("%v", reason)
		}
	}()
	return f()
}

// onServer takes a server's number as the first argument.
func onServer(f func(*authtest.Server, []safejs.Value) (any, error)) func([]safejs.Value) (any, error) {
	return func(args []safejs.Value) (any, error) {
		id, err := args[0].Int()
		if err != nil {
			return nil, err
		}
		server := servers[id]
		if server == nil {
			return nil, errors.New("the server is closed")
		}
		return f(server, args[1:])
	}
}

// act does an action of the scenarios', given by its name and its arguments as
// JSON.
func act(server *authtest.Server, args []safejs.Value) (any, error) {
	action, err := args[0].String()
	if err != nil {
		return nil, err
	}
	text, err := args[1].String()
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, err
	}
	return nil, scenarios.Act(server, action, list)
}

func openSession(server *authtest.Server, args []safejs.Value) (any, error) {
	name, err := args[0].String()
	if err != nil {
		return nil, err
	}
	return server.OpenSession(name), nil
}
