package authcore

// The names of [API.ListProviders] and [API.LoginWith].
const (
	OpListProviders = "listProviders"
	OpLoginWith     = "loginWith"
)

// ListProviders is GET /version too, for the names of the external providers
// that are enabled.
func (api *API) ListProviders() *Operation[ServerInfo] {
	return api.version(OpListProviders)
}

// LoginWith gives the address to which a person's browser must be navigated to
// sign in with an account at a provider. The server has no call that checks it;
// GET /version tells whether the provider is enabled.
func (api *API) LoginWith(provider string) (*Operation[string], *Error) {
	if err := checkProvider(OpLoginWith, provider); err != nil {
		return nil, err
	}
	version := api.version(OpLoginWith)
	op := &Operation[string]{Exchange: version.Exchange}
	op.accept = func() *Error {
		for _, enabled := range version.Value.Providers {
			if enabled == provider {
				op.Value = api.entrance(provider)
				return nil
			}
		}
		return op.fail(CodeProviderNotEnabled, "the server has no such provider; listProviders gives the names")
	}
	return op, nil
}

func checkProvider(op, name string) *Error {
	switch name {
	case "":
		return invalidArgument(op, "provider must not be empty; listProviders gives the names")
	case ".", "..":
		return invalidArgument(op, "provider must be a name, not a path")
	}
	return nil
}

// entrance is the address at which a browser goes out to a provider. It is
// spelt like the provider's name but for one: "traQ" has the address "traq",
// and the server's own redirect to ".../traQ" ends in a 404.
func (api *API) entrance(provider string) string {
	if provider == "traQ" {
		provider = "traq"
	}
	base := api.AuthURL
	if base == "" {
		origin, _ := originOf(api.BaseURL)
		end := len(api.BaseURL)
		for end > len(origin) {
			end--
			if api.BaseURL[end] == '/' {
				break
			}
		}
		base = api.BaseURL[:end] + "/auth"
	}
	return base + "/" + percentEncode(provider)
}
