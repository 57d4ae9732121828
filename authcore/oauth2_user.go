//go:build !tinygo || oauth2

package authcore

// GetUser tells whose the access token is: by GET /users/me or, where its scope
// has no "read" but "profile", by OpenID's GET /users/me/oidc.
func (o *OAuth2) GetUser(scope string) (*Operation[User], *Error) {
	path, decode := "/users/me", decodeUser
	if !hasWord(scope, "read") && hasWord(scope, "profile") {
		path, decode = "/users/me/oidc", decodeOIDCUser
	}
	x, err := o.API.authorized(OpGetUser, "GET", path, 200)
	if err != nil {
		return nil, err
	}
	x.Request.Credentials = CredentialsOmit
	return reading(x, decode), nil
}

func decodeOIDCUser(r *jsonReader, user *User) {
	for r.open('{'); r.more('}'); {
		switch r.key() {
		case "sub":
			user.ID = r.string()
		case "preferred_username":
			user.Name = r.string()
		case "traq":
			r.members("traq.", []member{{"display_name", &user.DisplayName}, {"icon_file_id", &user.IconFileID}})
		default:
			r.skipValue()
		}
	}
	r.require(isUUID(user.ID), "sub")
	r.require(user.Name != "", "preferred_username")
	r.require(isUUID(user.IconFileID), "traq.icon_file_id")
}
