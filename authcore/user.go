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

func decodeUser(body string, user *User) string {
	r := jsonReader{text: body}
	var name, displayName bool
	for r.open('{'); r.more('}'); {
		switch r.key() {
		case "id":
			user.ID = r.string()
		case "name":
			user.Name, name = r.string(), true
		case "displayName":
			user.DisplayName, displayName = r.string(), true
		case "iconFileId":
			user.IconFileID = r.string()
		default:
			r.skipValue()
		}
	}
	r.require(isUUID(user.ID), "id")
	r.require(name, "name")
	r.require(displayName, "displayName")
	r.require(isUUID(user.IconFileID), "iconFileId")
	return r.end()
}
