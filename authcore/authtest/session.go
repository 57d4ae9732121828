package authtest

import (
	"net/http"
	"sort"
	"strings"
	"time"
)

// How old a session may be: it is renewed by the next call after the first, and
// dead after the second.
const (
	sessionRenewal = 14 * 24 * time.Hour
	sessionLife    = 28 * 24 * time.Hour
)

type session struct {
	token    string // the cookie's value
	id       string
	user     *user
	issuedAt time.Time
	pending  *authorization // that waits for the user's decision
	// renewed tells that another has taken its place: it is one only to requests
	// that were under way already, of which each gets a new one. To renew it takes
	// its time (pause), in which those come that a page has sent at once.
	renewed bool
}

// held is the session of a request's cookie as it comes, nil where there is none,
// and whether it is to be renewed.
func (s *Server) held(r *http.Request) (held *session, due bool) {
	held, _ = s.sessions.get(cookie(r))
	if held == nil || held.renewed {
		return nil, false
	}
	age := s.now().Sub(held.issuedAt)
	return held, age >= sessionRenewal && age < sessionLife
}

func (s *Server) open(u *user) *session {
	now := s.now()
	opened := &session{token: randomText(50), id: newUUID(now), user: u, issuedAt: now}
	s.sessions.put(opened.token, opened)
	return opened
}

// OpenSession opens a session of the user's, without a request, and gives the
// value of its cookie. It panics where there is no such user.
func (s *Server) OpenSession(name string) (cookie string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open(s.mustUser(name)).token
}

// AgeSession makes a session older. It panics where there is no such session.
func (s *Server) AgeSession(cookie string, by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions.entries[cookie].age(by)
}

// AgeSessions makes all of a user's sessions older.
func (s *Server) AgeSessions(name string, by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.mustUser(name)
	for _, session := range s.sessions.entries {
		if session.user == u {
			session.age(by)
		}
	}
}

// EndSessions ends all of a user's sessions, as a logout from everywhere on
// another device does. It panics where there is no such user.
func (s *Server) EndSessions(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revokeAll(s.mustUser(name))
}

// age makes a session one that was opened earlier: the time is in its id, too.
func (s *session) age(by time.Duration) {
	s.issuedAt = s.issuedAt.Add(-by)
	s.id = newUUID(s.issuedAt)
}

func cookie(r *http.Request) string {
	c, err := r.Cookie("r_session") // of two, the first
	if err != nil {
		return ""
	}
	return c.Value
}

// session is the caller's, nil where there is none. An old one is renewed; what
// is none has its cookie cleared.
func (x *exchange) session() *session {
	token := cookie(x.r)
	if token == "" {
		return nil
	}
	s, known := x.sessions.get(token)
	if !known || s.renewed && s != x.held {
		x.clearSession()
		return nil
	}
	switch age := x.now().Sub(s.issuedAt); {
	case age >= sessionLife:
		x.sessions.delete(token)
		x.clearSession()
		return nil
	case s.renewed, age >= sessionRenewal:
		s.renewed = true
		s = x.open(s.user)
		x.setSession(s)
	}
	return s
}

func (x *exchange) setSession(s *session) {
	expires := x.now().Add(sessionLife).UTC().Format(http.TimeFormat)
	x.w.Header().Add("Set-Cookie", "r_session="+s.token+"; Path=/; Expires="+expires+"; Max-Age=2419200; HttpOnly; SameSite=Lax")
}

// clearSession sets no Path, as the real server does, so that a browser clears
// another cookie than it means to.
func (x *exchange) clearSession() {
	x.w.Header().Add("Set-Cookie", "r_session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0")
}

func (s *Server) revokeAll(u *user) {
	for token, session := range s.sessions.entries {
		if session.user == u {
			s.sessions.delete(token)
		}
	}
}

func (x *exchange) listSessions(u *user) {
	var own []*session
	for _, s := range x.sessions.entries {
		if s.user == u && !s.renewed {
			own = append(own, s)
		}
	}
	// By the random cookie, which is no order to a client.
	sort.Slice(own, func(i, j int) bool { return own[i].token < own[j].token })
	type item struct {
		ID       string `json:"id"`
		IssuedAt string `json:"issuedAt"`
	}
	list := []item{}
	for _, s := range own {
		list = append(list, item{s.id, timestamp(s.issuedAt)})
	}
	x.json(list)
}

// revokeSession answers 204 whatever the id is; capitals and missing dashes do
// no harm.
func (x *exchange) revokeSession(u *user, id string) {
	bare := func(id string) string { return strings.ReplaceAll(strings.ToLower(id), "-", "") }
	for token, s := range x.sessions.entries {
		if s.user == u && bare(s.id) == bare(id) {
			x.sessions.delete(token)
		}
	}
	x.noContent()
}
