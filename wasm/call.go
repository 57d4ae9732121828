//go:build js && wasm

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// host is what differs between the compilers: how messages get across. One
// stands for one call, which ends in exactly one of resolve and reject.
type host interface {
	// send has JavaScript send a request, and calls resume with the response
	// once, after it has returned.
	send(request *authcore.Request, resume func(response string))
	resolve(result *wire.Writer)
	reject(err *authcore.Error)
}

// exported is a function that JavaScript can call.
type exported func(host, *call)

// call is what JavaScript called an exported function with.
type call struct {
	api  authcore.API
	args *wire.Reader
}

// begin reads the message of a call and runs the function.
func begin(h host, name string, f exported, message string) {
	args, ok := wire.NewReader(wire.Call, message)
	if !ok {
		h.reject(&authcore.Error{
			Op:      name,
			Code:    authcore.CodeInvalidArgument,
			Message: "the call is not a message of the module's; the JavaScript and the module are of different versions",
		})
		return
	}
	c := &call{args: args}
	c.api.CrossOrigin = args.Bool()
	c.api.BaseURL = args.Text()
	c.api.AuthURL = args.Text()
	c.api.Credentials = authcore.Credentials(args.Text())
	c.api.AccessToken = args.Text()
	f(h, c)
}

// redirect reads a redirect and, behind it, the origins that it may lead to.
func (c *call) redirect() authcore.Redirect {
	redirect := authcore.Redirect{Target: c.args.Text(), URL: c.args.Text()}
	for c.args.More() {
		c.api.AllowedRedirectOrigins = append(c.api.AllowedRedirectOrigins, c.args.Text())
	}
	return redirect
}

// run has the exchange with the server, until there is a result or an error.
func run(h host, x *authcore.Exchange, encode func(*wire.Writer)) {
	h.send(&x.Request, func(message string) {
		done, err := x.Next(readResponse(message))
		switch {
		case err != nil:
			reject(h, err)
		case done:
			result := wire.NewWriter(wire.Result)
			encode(result)
			h.resolve(result)
		default:
			run(h, x, encode)
		}
	})
}

func reject(h host, err error) { h.reject(err.(*authcore.Error)) }
