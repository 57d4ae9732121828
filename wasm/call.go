//go:build js && wasm

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// The host is what differs between the compilers: how messages get across. Each
// file that has one says which type it is; an interface would cost the module
// its type's description. One stands for one entry, which ends in exactly one of
//
//	send(request []byte)                // JavaScript sends it; the call goes on in
//	                                    // another entry, with the response behind its messages
//	resolve(result []byte)
//	reject(err *authcore.Error, wait int) // to be tried again in so many milliseconds; 0: never

// exported is a function that JavaScript can call.
type exported func(*call)

// call is what an exported function was called with.
type call struct {
	host      host
	api       authcore.API
	args      *wire.Reader
	responses string // the messages of what has come so far
	retry     authcore.RetryPolicy
}

// begin runs a function with the messages of an entry: the call, and the
// responses to the requests that it has led to so far. Nothing is kept between
// entries: each goes through all that came before, which has the same result.
func begin(h host, f exported, messages string) {
	message, responses := wire.Cut(messages)
	args, ok := wire.NewReader(wire.Call, message)
	if !ok {
		h.reject(&authcore.Error{
			Code:    authcore.CodeInvalidArgument,
			Message: "the call is too large",
		}, 0)
		return
	}
	c := &call{host: h, args: args, responses: responses}
	c.api.CrossOrigin = args.Bool()
	c.retry.Retries = integer(args)
	c.retry.Attempt = integer(args)
	c.retry.Left = integer(args)
	c.retry.Random = args.Number()
	c.api.BaseURL = args.Text()
	c.api.AuthURL = args.Text()
	c.api.Credentials = authcore.Credentials(args.Text())
	c.api.AccessToken = args.Text()
	crash(c.api.AccessToken)
	f(c)
}

// redirect reads a redirect and, behind it, the origins that it may lead to.
func (c *call) redirect() authcore.Redirect {
	redirect := authcore.Redirect{Target: c.args.Text(), URL: c.args.Text()}
	for c.args.More() {
		c.api.AllowedRedirectOrigins = append(c.api.AllowedRedirectOrigins, c.args.Text())
	}
	return redirect
}

// run answers with what an operation yields, or with why there is none. Its code
// is the same for each T, so the module has it once, unless it is inlined.
//
//go:noinline
func run[T any](c *call, op *authcore.Operation[T], err *authcore.Error, write func(*wire.Writer, *T)) {
	if err != nil {
		c.reject(err)
		return
	}
	c.run(op.Exchange, func(w *wire.Writer) { write(w, &op.Value) })
}

// run goes through the exchange as far as responses have come.
func (c *call) run(x *authcore.Exchange, write func(*wire.Writer)) {
	for c.responses != "" {
		var message string
		message, c.responses = wire.Cut(c.responses)
		switch done, err := x.Next(readResponse(message)); {
		case err != nil:
			c.reject(err)
			return
		case done:
			c.host.resolve(wire.Message(wire.Result, write))
			return
		}
	}
	c.host.send(writeRequest(&x.Request))
}

func (c *call) reject(e *authcore.Error) {
	c.host.reject(e, c.retry.Delay(e))
}
