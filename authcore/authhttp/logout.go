package authhttp

import "context"

// Logout ends this session. Without one it succeeds too.
func (c *Client) Logout(ctx context.Context) error {
	_, err := c.LogoutRedirect(ctx, false, "")
	return err
}

// LogoutAll ends every session of the user, those of others' clients too.
func (c *Client) LogoutAll(ctx context.Context) error {
	_, err := c.LogoutRedirect(ctx, true, "")
	return err
}

// LogoutRedirect is [Client.Logout] or, with all, [Client.LogoutAll] with an
// address to which the server is to redirect, as in [Client.LoginRedirect].
func (c *Client) LogoutRedirect(ctx context.Context, all bool, redirect string) (to string, err error) {
	op, refusal := c.api.Logout(all, c.redirectTo(redirect, "logout"))
	redirected, err := call(ctx, c, op, refusal)
	return redirected.To, err
}
