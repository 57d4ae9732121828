package authtest

import (
	"net/http"
	"strings"
	"time"
)

// State is that of a user's account. The zero value is Active.
type State int

// The states. (The server's own numbers are 1, 2 and 0.)
const (
	Active State = iota
	Suspended
	Deactivated
)

const suspendedMessage = "this account is currently suspended"

// number is the server's own for it.
func (s State) number() int {
	return map[State]int{Active: 1, Suspended: 2, Deactivated: 0}[s]
}

// User is an account.
type User struct {
	Name string
	// DisplayName is the Name where it is "".
	DisplayName string
	// Password is "" for an account that has none.
	Password string
	State    State
	Bot      bool
}

type user struct {
	User
	id, iconFileID string
	accounts       []account
	limitedFor     time.Duration // from limitedAt: their rate is used up, whatever they called
	limitedAt      time.Time
}

// AddUser adds an account, or replaces the data of the one that has this name:
// its id, its linked accounts and, unless it is deactivated now, its sessions stay.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addUser(u)
}

func (s *Server) addUser(u User) {
	if u.DisplayName == "" {
		u.DisplayName = u.Name
	}
	now, key := s.now(), strings.ToLower(u.Name)
	if s.users[key] == nil {
		s.users[key] = &user{id: newUUID(now), iconFileID: newUUID(now)}
	}
	s.users[key].User = u
	if u.State == Deactivated {
		s.revokeAll(s.users[key])
	}
}

// SetState suspends, deactivates or activates an account. Deactivating it ends
// its sessions. It panics where there is no such user.
func (s *Server) SetState(name string, state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.mustUser(name)
	u.State = state
	if state == Deactivated {
		s.revokeAll(u)
	}
}

func (s *Server) mustUser(name string) *user {
	u := s.users[strings.ToLower(name)]
	if u == nil {
		panic("authtest: no user " + name)
	}
	return u
}

// userPermissions are a few of many.
var userPermissions = []string{"get_me", "get_my_sessions", "delete_my_sessions"}

var userUpdatedAt = time.Unix(0, 0)

func (x *exchange) me(u *user) {
	x.json(map[string]any{
		"id":          u.id,
		"name":        u.Name,
		"displayName": u.DisplayName,
		"iconFileId":  u.iconFileID,
		"bio":         "",
		"bot":         u.Bot,
		"groups":      []string{},
		"homeChannel": nil,
		"lastOnline":  nil,
		"permissions": userPermissions,
		"state":       u.State.number(),
		"tags":        []string{},
		"twitterId":   "",
		"updatedAt":   timestamp(userUpdatedAt),
	})
}

// changePassword ends every session of the user, the caller's too.
func (x *exchange) changePassword(u *user) {
	var body struct{ Password, NewPassword string }
	if !x.bind(&body) || !x.valid([2]string{"newPassword", notBlank(body.NewPassword)}, [2]string{"password", notBlank(body.Password)}) {
		return
	}
	if body.Password != u.Password {
		x.fail(http.StatusUnauthorized, "password is wrong")
		return
	}
	u.Password = body.NewPassword
	x.revokeAll(u)
	x.noContent()
}
