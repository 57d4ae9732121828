package authhttp

import (
	"context"
	"time"

	"github.com/traq-auth/traq-auth/authcore"
)

// Account is an account at an external provider that is linked to the user.
type Account struct {
	ProviderName string
	// ExternalName is the account's name there.
	ExternalName string
	// LinkedAt is when it was linked: UTC, in whole microseconds.
	LinkedAt time.Time
}

// ListAccounts gives the external accounts that are linked to the user.
//
// Errors: those of [Client.ListSessions].
func (c *Client) ListAccounts(ctx context.Context) ([]Account, error) {
	listed, err := authorized(ctx, c, authcore.OpListAccounts, (*authcore.API).ListAccounts)
	var accounts []Account
	for _, a := range listed {
		accounts = append(accounts, Account{a.ProviderName, a.ExternalName, time.UnixMicro(a.LinkedAt).UTC()})
	}
	return accounts, err
}

// LinkAccount asks whether an account of a provider's can be linked, and gives
// the absolute address at which a person's browser, with this client's cookies,
// goes to the provider to do it.
//
// Errors: [authcore.CodeProviderNotEnabled], [authcore.CodeAlreadyLinked],
// [authcore.CodeNotAuthenticated], and those of every call.
func (c *Client) LinkAccount(ctx context.Context, provider string) (url string, err error) {
	op, refusal := c.api.LinkAccount(provider)
	return call(ctx, c, op, refusal)
}

// LoginWith gives the absolute address at which a person's browser goes to a
// provider to sign in with the account there.
//
// Errors: [authcore.CodeProviderNotEnabled], and those of every call.
func (c *Client) LoginWith(ctx context.Context, provider string) (url string, err error) {
	op, refusal := c.api.LoginWith(provider)
	return call(ctx, c, op, refusal)
}

// UnlinkAccount ends the link to a provider's account.
//
// Errors: [authcore.CodeNotLinked], and those of [Client.ListSessions].
func (c *Client) UnlinkAccount(ctx context.Context, provider string) error {
	_, err := authorized(ctx, c, authcore.OpUnlinkAccount, func(api *authcore.API) (*authcore.Operation[struct{}], *authcore.Error) {
		return api.UnlinkAccount(provider)
	})
	return err
}
