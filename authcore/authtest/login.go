package authtest

import (
	"net/http"
	"strconv"
	"strings"
)

// consistsOf returns whether a text has no other characters than ASCII's letters and
// digits and these.
func consistsOf(text, others string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool {
		return !strings.ContainsRune(alphanumerics, c) && !strings.ContainsRune(others, c)
	})
}

func userName(name string) string {
	switch {
	case name == "":
		return notBlank(name)
	case len(name) > 32 && !strings.ContainsFunc(name, func(c rune) bool { return c > 0x7F }):
		return "the length must be between 1 and 32"
	case !consistsOf(name, "_-"):
		return "must contain [a-zA-Z0-9_-] only"
	}
	return ""
}

func (x *exchange) login() {
	if !x.notLoggedIn("Authorization Header must not be set. Please logout once.") {
		return
	}
	var body struct{ Name, Password string }
	if !x.bind(&body) || !x.valid([2]string{"name", userName(body.Name)}, [2]string{"password", notBlank(body.Password)}) {
		return
	}
	u, status, message := x.checkPassword(body.Name, body.Password)
	if u == nil {
		x.fail(status, message)
		return
	}
	x.setSession(x.open(u))
	x.redirect(x.r.URL.Query().Get("redirect"))
}

// checkPassword returns the user who may log in with it, or why nobody may.
func (s *Server) checkPassword(name, password string) (u *user, status int, message string) {
	switch u = s.users[strings.ToLower(name)]; {
	case u == nil:
		return nil, http.StatusUnauthorized, "invalid name"
	case u.Bot:
		return nil, http.StatusUnauthorized, "bot user is not allowed to login"
	case u.State != Active: // before the password is looked at
		return nil, http.StatusForbidden, suspendedMessage
	case u.Password == "" || u.Password != password:
		return nil, http.StatusUnauthorized, "password or id is wrong"
	}
	return u, 0, ""
}

// notLoggedIn answers a caller who is logged in, or who has a token, with an
// error, and gives whether it is neither.
func (x *exchange) notLoggedIn(authorization string) bool {
	if x.r.Header.Get("Authorization") != "" {
		x.fail(http.StatusBadRequest, authorization)
		return false
	}
	s := x.session()
	if s == nil {
		return true
	}
	if s.user.State != Active {
		x.fail(http.StatusForbidden, suspendedMessage)
	} else {
		x.fail(http.StatusBadRequest, "You have already logged in. Please logout once.")
	}
	return false
}

func (x *exchange) logout() {
	query := x.r.URL.Query()
	s := x.session()
	if s != nil {
		if all, _ := strconv.ParseBool(query.Get("all")); all {
			x.revokeAll(s.user)
		}
		x.sessions.delete(s.token)
	}
	if cookie(x.r) != "" {
		x.clearSession()
	}
	x.redirect(query.Get("redirect"))
}
