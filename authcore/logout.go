package authcore

// OpLogout is the name of [API.Logout].
const OpLogout = "logout"

// Logout is POST /logout: it ends this session or, with all, every session of
// the user. Without a session it succeeds too.
func (api *API) Logout(all bool, redirect Redirect) (*Operation[Redirected], *Error) {
	if err := api.checkRedirect(OpLogout, redirect); err != nil {
		return nil, err
	}
	path := "/logout"
	if all {
		path += "?all=true" + redirect.query("&")
	} else {
		path += redirect.query("?")
	}
	return api.redirecting(OpLogout, path, redirect, signedOut), nil
}
