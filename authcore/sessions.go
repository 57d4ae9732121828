package authcore

// The names of [API.ListSessions] and [API.RevokeSession].
const (
	OpListSessions  = "listSessions"
	OpRevokeSession = "revokeSession"
)

// Session is a login session of the user's.
type Session struct {
	// ID is a UUID with dashes.
	ID string
	// IssuedAt is when it was opened, in microseconds since 1970.
	IssuedAt int64
}

// ListSessions is GET /users/me/sessions: the user's sessions, in no order.
func (api *API) ListSessions() (*Operation[[]Session], *Error) {
	x, err := api.authorized(OpListSessions, "GET", "/users/me/sessions", 200)
	if err != nil {
		return nil, err
	}
	return reading(x, decodeSessions), nil
}

// shortestSession is how many bytes of an answer a session takes at least.
const shortestSession = len(`{"id":"00000000-0000-0000-0000-000000000000","issuedAt":"2006-01-02T15:04:05Z"}`)

func decodeSessions(r *jsonReader, sessions *[]Session) {
	*sessions = make([]Session, 0, len(r.text)/shortestSession)
	var s Session
	var at string
	members := []member{{"id", &s.ID}, {"issuedAt", &at}}
	for r.open('['); r.more(']'); {
		r.members("a session's ", members)
		r.require(isUUID(s.ID), "a session's id")
		s.IssuedAt = r.timestamp(at)
		*sessions = append(*sessions, s)
	}
}

// RevokeSession is DELETE /users/me/sessions/{id}. The server answers 204
// whatever the id is, so what cannot be one is refused here.
func (api *API) RevokeSession(id string) (*Operation[struct{}], *Error) {
	if !isUUID(id) {
		return nil, invalidArgument(OpRevokeSession, "id must be a UUID with dashes, as listSessions gives it")
	}
	x, err := api.authorized(OpRevokeSession, "DELETE", "/users/me/sessions/"+id, 204)
	if err != nil {
		return nil, err
	}
	return &Operation[struct{}]{Exchange: x}, nil
}

// isUUID tells whether s is written as a UUID with dashes (RFC 9562, section 4).
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if s[i] != '-' {
				return false
			}
		} else if hexDigit(s[i]) < 0 {
			return false
		}
	}
	return true
}
