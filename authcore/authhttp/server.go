package authhttp

import (
	"context"

	"github.com/traq-auth/traq-auth/authcore"
)

// GetServerInfo gives what the server says of itself, to anybody.
func (c *Client) GetServerInfo(ctx context.Context) (authcore.ServerInfo, error) {
	return call(ctx, c, c.api.GetServerInfo(), nil)
}

// ListProviders gives the names of the external providers that are enabled,
// to anybody.
func (c *Client) ListProviders(ctx context.Context) ([]string, error) {
	info, err := call(ctx, c, c.api.ListProviders(), nil)
	return info.Providers, err
}
