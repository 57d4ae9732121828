package authcore

// OpLogin is the name of [API.Login].
const OpLogin = "login"

// Login is POST /login: it opens a session, which the server keeps in a cookie.
//
// The name must be 1–32 of [a-zA-Z0-9_-] and the password not empty; the
// server asks no more of it, whatever the published description says.
func (api *API) Login(name, password string, redirect Redirect) (*Operation[Redirected], *Error) {
	if !isUserName(name) {
		return nil, invalidArgument(OpLogin, "name must be 1 to 32 characters of a-z, A-Z, 0-9, _ and -")
	}
	if password == "" {
		return nil, invalidArgument(OpLogin, "password must not be empty")
	}
	if err := api.checkRedirect(OpLogin, redirect); err != nil {
		return nil, err
	}
	op := api.redirecting(OpLogin, "/login"+redirect.query("?"), redirect, signedIn)
	op.name, op.secret = name, password
	// Of what a name consists of, nothing needs an escape.
	op.Request.Body = `{"name":"` + name + `","password":"` + jsonEscape(password) + `"}`
	return op, nil
}

func isUserName(name string) bool {
	if len(name) < 1 || len(name) > 32 {
		return false
	}
	for i := 0; i < len(name); i++ {
		if c := name[i]; !isAlphanumeric(c) && c != '_' && c != '-' {
			return false
		}
	}
	return true
}
