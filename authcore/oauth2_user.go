//go:build !tinygo || oauth2

package authcore

// GetUser tells whose the access token is: by GET /users/me or, where its scope
// has no "read" but "profile", by OpenID's GET /users/me/oidc.
func (o *OAuth2) GetUser(scope string) (*Operation[User], *Error) {
	path, names := "/users/me", "id iconFileId name displayName"
	if indexWord(scope, "read") < 0 && indexWord(scope, "profile") >= 0 {
		path, names = "/users/me/oidc", "sub traq.icon_file_id preferred_username traq.display_name"
	}
	x := o.API.exchange(OpGetUser, "GET", path, 200)
	x.Request.Credentials = CredentialsOmit
	if token := o.API.AccessToken; token != "" {
		if !isToken(token) {
			return nil, newError(OpGetUser, CodeInvalidArgument, notToken)
		}
		x.Request.Authorization = "Bearer " + token
		x.secret = token
	}
	return reading(x, func(r *jsonReader, user *User) {
		var values [5]string
		seen := r.texts(names, &values)
		for i, rest := 0, names; rest != ""; i++ {
			var name string
			name, rest = cut(rest, ' ')
			r.require(seen&(1<<i) != 0 && (i > 1 || isUUID(values[i])) && (i != 2 || values[i] != ""), name)
		}
		*user = User{values[0], values[2], values[3], values[1]}
	}), nil
}
