package authhttp

import (
	"context"
	"net/http"

	"github.com/traq-auth/traq-auth/authcore"
)

// Client is one caller of one traQ server, with cookies of its own. It is made
// by [New], and safe for concurrent use.
type Client struct {
	api         authcore.API // without a token
	accessToken func(context.Context) (string, error)
	userAgent   string // "" for net/http's own
	http        *http.Client
	cookieless  *http.Client
}

// call runs an operation, unless building it failed already.
func call[T any](ctx context.Context, c *Client, op *authcore.Operation[T], err *authcore.Error) (value T, _ error) {
	if err != nil {
		return value, err
	}
	if err := c.run(ctx, op.Exchange); err != nil {
		return value, err
	}
	return op.Value, nil
}

// authorized runs an operation that takes a token.
func authorized[T any](ctx context.Context, c *Client, name string, build func(*authcore.API) (*authcore.Operation[T], *authcore.Error)) (value T, _ error) {
	api := c.api
	if c.accessToken != nil {
		token, err := c.accessToken(ctx)
		if err != nil {
			return value, noToken(ctx, name, err)
		}
		api.AccessToken = token
	}
	op, err := build(&api)
	return call(ctx, c, op, err)
}
