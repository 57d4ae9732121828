package authhttp

import (
	"context"

	"github.com/traq-auth/traq-auth/authcore"
)

// GetUser gives who is signed in.
//
// Errors: [authcore.CodeNotAuthenticated] where nobody is, and those of every
// call.
func (c *Client) GetUser(ctx context.Context) (authcore.User, error) {
	return authorized(ctx, c, authcore.OpGetUser, (*authcore.API).GetUser)
}
