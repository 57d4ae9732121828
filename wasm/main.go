//go:build js && wasm

package main

import (
	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/wasm/wire"
)

func login(h host, c *call) {
	name, password, redirect := c.args.Text(), c.args.Text(), c.redirect()
	op, err := c.api.Login(name, password, redirect)
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, func(w *wire.Writer) {
		w.Optional(op.Value.To)
		if op.Value.User.ID != "" {
			writeUser(w, &op.Value.User)
		}
	})
}

func logout(h host, c *call) {
	op, err := c.api.Logout(c.args.Bool(), c.redirect())
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, func(w *wire.Writer) { w.Optional(op.Value.To) })
}

func listSessions(h host, c *call) {
	op, err := c.api.ListSessions()
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, func(w *wire.Writer) {
		for _, s := range op.Value {
			w.Number(float64(s.IssuedAt / 1000)) // which has room in a number of JavaScript's
			w.Text(s.ID)
		}
	})
}

func revokeSession(h host, c *call) {
	op, err := c.api.RevokeSession(c.args.Text())
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, nothing)
}

func listAccounts(h host, c *call) {
	op, err := c.api.ListAccounts()
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, func(w *wire.Writer) {
		for _, a := range op.Value {
			w.Number(float64(a.LinkedAt / 1000))
			w.Text(a.ProviderName)
			w.Text(a.ExternalName)
		}
	})
}

func linkAccount(h host, c *call) {
	provider, returnTo := c.args.Text(), c.redirect()
	op, err := c.api.LinkAccount(provider)
	c.leave(h, authcore.OpLinkAccount, op, err, returnTo)
}

func loginWith(h host, c *call) {
	provider, returnTo := c.args.Text(), c.redirect()
	op, err := c.api.LoginWith(provider)
	c.leave(h, authcore.OpLoginWith, op, err, returnTo)
}

// leave is a call that gives the address at which a browser leaves for a provider.
func (c *call) leave(h host, name string, op *authcore.Operation[string], err *authcore.Error, returnTo authcore.Redirect) {
	if err == nil {
		err = c.api.CheckReturn(name, returnTo)
	}
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, func(w *wire.Writer) { w.Text(op.Value) })
}

func unlinkAccount(h host, c *call) {
	op, err := c.api.UnlinkAccount(c.args.Text())
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, nothing)
}

func listProviders(h host, c *call) {
	op := c.api.ListProviders()
	c.run(h, op.Exchange, func(w *wire.Writer) { writeTexts(w, op.Value) })
}

func getServerInfo(h host, c *call) {
	op := c.api.GetServerInfo()
	c.run(h, op.Exchange, func(w *wire.Writer) {
		w.Bool(op.Value.SignUpAllowed)
		w.Text(op.Value.Version)
		w.Text(op.Value.Revision)
		writeTexts(w, op.Value.Providers)
	})
}

func getUser(h host, c *call) {
	op, err := c.api.GetUser()
	if err != nil {
		c.reject(h, err)
		return
	}
	c.run(h, op.Exchange, func(w *wire.Writer) { writeUser(w, &op.Value) })
}

func writeUser(w *wire.Writer, user *authcore.User) {
	w.Text(user.ID)
	w.Text(user.Name)
	w.Text(user.DisplayName)
	w.Text(user.IconFileID)
}

func nothing(*wire.Writer) {}

func writeTexts(w *wire.Writer, texts []string) {
	for _, s := range texts {
		w.Text(s)
	}
}
