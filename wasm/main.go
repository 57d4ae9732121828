//go:build js && wasm && !oauth2

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

func login(c *call) {
	name, password, redirect := c.args.Text(), c.args.Text(), c.redirect()
	op, err := c.api.Login(name, password, redirect)
	run(c, op, err, writeRedirected)
}

func logout(c *call) {
	op, err := c.api.Logout(c.args.Bool(), c.redirect())
	run(c, op, err, writeRedirected)
}

func listSessions(c *call) {
	op, err := c.api.ListSessions()
	run(c, op, err, func(w *wire.Writer, sessions *[]authcore.Session) {
		for _, s := range *sessions {
			w.Number(float64(s.IssuedAt / 1000)) // which has room in a number of JavaScript's
			w.Text(s.ID)
		}
	})
}

func revokeSession(c *call) {
	op, err := c.api.RevokeSession(c.args.Text())
	run(c, op, err, writeNothing)
}

func listAccounts(c *call) {
	op, err := c.api.ListAccounts()
	run(c, op, err, func(w *wire.Writer, accounts *[]authcore.Account) {
		for _, a := range *accounts {
			w.Number(float64(a.LinkedAt / 1000))
			w.Text(a.ProviderName)
			w.Text(a.ExternalName)
		}
	})
}

func linkAccount(c *call) {
	op, err := c.api.LinkAccount(c.args.Text())
	leave(c, authcore.OpLinkAccount, op, err)
}

func loginWith(c *call) {
	op, err := c.api.LoginWith(c.args.Text())
	leave(c, authcore.OpLoginWith, op, err)
}

// leave is a call that gives the address at which a browser leaves for a provider.
func leave(c *call, name string, op *authcore.Operation[string], err *authcore.Error) {
	returnTo := c.redirect()
	if err == nil {
		err = c.api.CheckReturn(name, returnTo)
	}
	run(c, op, err, func(w *wire.Writer, address *string) { w.Text(*address) })
}

func unlinkAccount(c *call) {
	op, err := c.api.UnlinkAccount(c.args.Text())
	run(c, op, err, writeNothing)
}

func listProviders(c *call) {
	run(c, c.api.ListProviders(), nil, func(w *wire.Writer, info *authcore.ServerInfo) { writeTexts(w, info.Providers) })
}

func getServerInfo(c *call) {
	run(c, c.api.GetServerInfo(), nil, func(w *wire.Writer, info *authcore.ServerInfo) {
		w.Bool(info.SignUpAllowed)
		w.Text(info.Version)
		w.Text(info.Revision)
		writeTexts(w, info.Providers)
	})
}

func getUser(c *call) {
	op, err := c.api.GetUser()
	run(c, op, err, writeUser)
}
