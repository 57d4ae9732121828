//go:build js && wasm && oauth2

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

// The module of the OAuth2 client is these functions, in the place of main.go's.

// client reads what every call of a client says of it.
func (c *call) client() *authcore.OAuth2 {
	// The server allows all of these calls to any origin, and an answer that is lost
	// is not to be taken for one that the browser has blocked.
	c.api.CrossOrigin = false
	return &authcore.OAuth2{API: &c.api, ClientID: c.args.Text(), RedirectURI: c.args.Text(), Scope: c.args.Text()}
}

// authorize gives an address, and sends nothing.
func authorize(c *call) {
	client := c.client()
	address, err := client.Authorize(c.args.Text(), c.args.Text(), c.args.Text())
	returnTo := c.redirect()
	if err == nil {
		err = c.api.CheckReturn(authcore.OpLogin, returnTo)
	}
	if err != nil {
		c.reject(err)
		return
	}
	c.host.resolve(wire.Message(wire.Result, func(w *wire.Writer) { w.Text(address) }))
}

func completeLogin(c *call) {
	client := c.client()
	transaction := authcore.Transaction{State: c.args.Text(), Verifier: c.args.Text()}
	var callback authcore.Callback
	for c.args.More() {
		callback.Add(c.args.Text(), c.args.Text())
	}
	op, err := client.CompleteLogin(&callback, transaction)
	run(c, op, err, writeToken)
}

func refreshToken(c *call) {
	client := c.client()
	op, err := client.Refresh(authcore.Token{RefreshToken: c.args.Text(), Scope: client.Scope})
	run(c, op, err, writeToken)
}

func revokeToken(c *call) {
	op, err := c.client().RevokeToken(c.args.Text())
	run(c, op, err, writeNothing)
}

func getUser(c *call) {
	client := c.client()
	op, err := client.GetUser(client.Scope)
	run(c, op, err, writeUser)
}

func writeToken(w *wire.Writer, token *authcore.Token) {
	w.Number(float64(token.ExpiresIn))
	w.Text(token.AccessToken)
	w.Optional(token.RefreshToken)
	w.Text(token.Scope)
}
