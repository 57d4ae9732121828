package authcore

// The names of the calls on external accounts.
const (
	OpListAccounts  = "listAccounts"
	OpLinkAccount   = "linkAccount"
	OpUnlinkAccount = "unlinkAccount"
)

// Account is an account at an external provider that is linked to the user.
type Account struct {
	ProviderName string
	// ExternalName is the account's name there.
	ExternalName string
	// LinkedAt is when it was linked, in microseconds since 1970.
	LinkedAt int64
}

// ListAccounts is GET /users/me/ex-accounts.
func (api *API) ListAccounts() (*Operation[[]Account], *Error) {
	x, err := api.authorized(OpListAccounts, "GET", "/users/me/ex-accounts", 200)
	if err != nil {
		return nil, err
	}
	return reading(x, decodeAccounts), nil
}

func decodeAccounts(r *jsonReader, accounts *[]Account) {
	var a Account
	var at string
	members := []member{{"providerName", &a.ProviderName}, {"externalName", &a.ExternalName}, {"linkedAt", &at}}
	for r.open('['); r.more(']'); {
		r.members("an account's ", members)
		a.LinkedAt = r.timestamp(at)
		*accounts = append(*accounts, a)
	}
}

// LinkAccount is POST /users/me/ex-accounts/link. The server only checks
// whether the provider can be linked; the result is the address to which the
// person's browser must then be navigated. No token is sent: the navigation
// could not carry it.
func (api *API) LinkAccount(provider string) (*Operation[string], *Error) {
	if err := checkProvider(OpLinkAccount, provider); err != nil {
		return nil, err
	}
	op := &Operation[string]{Exchange: api.exchange(OpLinkAccount, "POST", "/users/me/ex-accounts/link", 302)}
	op.Request.Body = providerBody(provider)
	op.redirected = func() { op.Value = api.entrance(provider) + "?link=1" }
	return op, nil
}

// UnlinkAccount is POST /users/me/ex-accounts/unlink.
func (api *API) UnlinkAccount(provider string) (*Operation[struct{}], *Error) {
	if err := checkProvider(OpUnlinkAccount, provider); err != nil {
		return nil, err
	}
	x, err := api.authorized(OpUnlinkAccount, "POST", "/users/me/ex-accounts/unlink", 204)
	if err != nil {
		return nil, err
	}
	x.Request.Body = providerBody(provider)
	return &Operation[struct{}]{Exchange: x}, nil
}

func providerBody(provider string) string {
	return `{"providerName":"` + jsonEscape(provider) + `"}`
}
