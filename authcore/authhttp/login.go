package authhttp

import "context"

// Login opens a session, which the client's cookies then carry. The name is
// 1–32 of a-z, A-Z, 0-9, _ and -, and the password not empty.
//
// Errors: [authcore.CodeInvalidCredentials], [authcore.CodeAccountSuspended],
// [authcore.CodeAlreadyLoggedIn] where the client has a session, and those of
// every call.
func (c *Client) Login(ctx context.Context, name, password string) error {
	_, err := c.LoginRedirect(ctx, name, password, "")
	return err
}

// LoginRedirect is [Client.Login] with an address to which the server is to
// redirect, relative to the request's or absolute. It is not followed: to is
// where it leads, absolute; "" where redirect is "".
//
// Errors, beside Login's: [authcore.CodeUnsafeRedirect], before anything is
// sent, for what is neither of the server's origin nor of one that is allowed.
// That the login took place is then confirmed by a second request.
func (c *Client) LoginRedirect(ctx context.Context, name, password, redirect string) (to string, err error) {
	op, refusal := c.api.Login(name, wellFormed(password), c.redirectTo(redirect, "login"))
	redirected, err := call(ctx, c, op, refusal)
	return redirected.To, err
}
