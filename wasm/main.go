//go:build js && wasm

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

func login(h host, c *call) {
	name, password, redirect := c.args.Text(), c.args.Text(), c.redirect()
	op, err := c.api.Login(name, password, redirect)
	run(h, op, err, encodeRedirected)
}

func logout(h host, c *call) {
	op, err := c.api.Logout(c.args.Bool(), c.redirect())
	run(h, op, err, encodeRedirected)
}

func listSessions(h host, c *call) {
	op, err := c.api.ListSessions()
	run(h, op, err, func(w *wire.Writer, sessions []authcore.Session) {
		for _, s := range sessions {
			w.Number(float64(s.IssuedAt))
			w.Text(s.ID)
		}
	})
}

func revokeSession(h host, c *call) {
	op, err := c.api.RevokeSession(c.args.Text())
	run(h, op, err, encodeNothing)
}

func listAccounts(h host, c *call) {
	op, err := c.api.ListAccounts()
	run(h, op, err, func(w *wire.Writer, accounts []authcore.Account) {
		for _, a := range accounts {
			w.Number(float64(a.LinkedAt))
			w.Text(a.ProviderName)
			w.Text(a.ExternalName)
		}
	})
}

func linkAccount(h host, c *call) {
	op, err := c.api.LinkAccount(c.args.Text())
	run(h, op, err, func(w *wire.Writer, url string) { w.Text(url) })
}

func unlinkAccount(h host, c *call) {
	op, err := c.api.UnlinkAccount(c.args.Text())
	run(h, op, err, encodeNothing)
}

func listProviders(h host, c *call) {
	run(h, c.api.ListProviders(), nil, encodeTexts)
}

func getServerInfo(h host, c *call) {
	run(h, c.api.GetServerInfo(), nil, func(w *wire.Writer, info authcore.ServerInfo) {
		w.Bool(info.SignUpAllowed)
		w.Text(info.Version)
		w.Text(info.Revision)
		encodeTexts(w, info.Providers)
	})
}

func getUser(h host, c *call) {
	op, err := c.api.GetUser()
	run(h, op, err, func(w *wire.Writer, user authcore.User) {
		w.Text(user.ID)
		w.Text(user.Name)
		w.Text(user.DisplayName)
		w.Text(user.IconFileID)
	})
}

func encodeNothing(*wire.Writer, struct{}) {}

func encodeRedirected(w *wire.Writer, r authcore.Redirected) { w.Optional(r.To) }

func encodeTexts(w *wire.Writer, texts []string) {
	for _, s := range texts {
		w.Text(s)
	}
}
