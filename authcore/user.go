package authcore

// OpGetUser is the name of [API.GetUser].
const OpGetUser = "getUser"

// User is who is signed in.
type User struct {
	// ID and IconFileID are UUIDs.
	ID          string
	Name        string
	DisplayName string
	IconFileID  string
}

// GetUser is GET /users/me.
func (api *API) GetUser() (*Operation[User], *Error) {
	x, err := api.authorized(OpGetUser, "GET", "/users/me", 200)
	if err != nil {
		return nil, err
	}
	return reading(x, decodeUser), nil
}

func decodeUser(r *jsonReader, user *User) {
	r.members("", []member{
		{"id", &user.ID},
		{"name", &user.Name},
		{"displayName", &user.DisplayName},
		{"iconFileId", &user.IconFileID},
	})
	r.require(isUUID(user.ID), "id")
	r.require(isUUID(user.IconFileID), "iconFileId")
}
