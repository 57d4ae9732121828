package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// Answer is a canned answer to every request of a path, as a broken server, a
// hostile one or a proxy may give it. What traQ says in such words has the header
// X-TRAQ-VERSION among its Headers.
type Answer struct {
	// Path is that of the requests, below the server's origin; "" for all below /api/.
	Path    string            `json:"path"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	// Fill is how many spaces follow the body.
	Fill int `json:"fill"`
	// Break breaks the connection off: at once where Status is 0, within the
	// body where it is not.
	Break bool `json:"break"`
	// Wait is how many milliseconds pass before the answer begins.
	Wait int `json:"wait"`
	// Times is how many requests are answered so; 0 for all.
	Times int32 `json:"times"`
}

// Act does one of the server's actions:
//
//	user USER             adds an account, or replaces one: {"name": …, "password": …, "displayName": …, "bot": …}
//	suspend NAME, deactivate NAME, activate NAME
//	providers NAME…       enables these external providers
//	link NAME PROVIDER EXTERNAL
//	session NAME AGE      opens a session that is so old: "90m", "30h"
//	end-sessions NAME     ends all of the user's sessions, as from another device
//	age NAME AGE          makes all of the user's sessions so much older
//	limit NAME TIME       answers the user's calls that long as if too many had been made
//	clock TIME            stops the server's clock, at a time of RFC 3339; without an argument lets it run
//	advance TIME          moves the server's clock ahead
//	date OFFSET           has a proxy's clock in the Date of every answer, that much ahead
//	date TEXT             has a text there that is no date
//	token VALUE NAME SCOPE…   makes a bearer token valid; NAME "" for a client's own
//	client ID REDIRECT-URI SCOPE…   registers a public OAuth2 client
//	confidential-client ID SECRET REDIRECT-URI SCOPE…   registers one that has a secret
//	refresh-tokens on|off   whether clients are issued refresh tokens
//	token-life TIME       how long the access tokens live that are issued then
//	age-tokens NAME AGE   makes all of the user's tokens so much older
//	revoke-tokens NAME    ends all of the user's tokens
//	answer ANSWER         answers so, until "answer" has no argument
func Act(server *authtest.Server, action string, args []json.RawMessage) error {
	switch action {
	case "answer":
		return answer(server, args)
	case "user":
		return addUser(server, args)
	}
	texts := make([]string, len(args))
	for i, arg := range args {
		if err := json.Unmarshal(arg, &texts[i]); err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
	}
	for _, act := range []func(*authtest.Server, string, []string) (bool, error){actOnOAuth2, actOnClock} {
		if done, err := act(server, action, texts); done {
			return err
		}
	}
	states := map[string]authtest.State{"suspend": authtest.Suspended, "deactivate": authtest.Deactivated, "activate": authtest.Active}
	state, is := states[action]
	switch {
	case is && len(texts) == 1:
		server.SetState(texts[0], state)
	case action == "providers":
		server.SetProviders(texts...)
	case action == "link" && len(texts) == 3:
		server.Link(texts[0], texts[1], texts[2])
	case action == "session" && len(texts) == 2:
		return withDuration(texts[1], func(age time.Duration) { server.AgeSession(server.OpenSession(texts[0]), age) })
	case action == "age" && len(texts) == 2:
		return withDuration(texts[1], func(by time.Duration) { server.AgeSessions(texts[0], by) })
	case action == "end-sessions" && len(texts) == 1:
		server.EndSessions(texts[0])
	case action == "date" && len(texts) == 1:
		server.Intercept(dated(texts[0]))
	case action == "token" && len(texts) >= 2:
		server.AddToken(texts[0], authtest.Token{User: texts[1], Scopes: texts[2:]})
	default:
		return fmt.Errorf("no action %s with %d arguments", action, len(args))
	}
	return nil
}

// withDuration does something with the time that a text gives, and nothing where it gives none.
func withDuration(text string, act func(time.Duration)) error {
	d, err := time.ParseDuration(text)
	if err == nil {
		act(d)
	}
	return err
}

func addUser(server *authtest.Server, args []json.RawMessage) error {
	var user struct {
		Name, DisplayName, Password string
		Bot                         bool
	}
	if len(args) != 1 {
		return fmt.Errorf("user: %d arguments instead of one", len(args))
	}
	if err := json.Unmarshal(args[0], &user); err != nil {
		return fmt.Errorf("user: %w", err)
	}
	if user.Name == "" {
		return errors.New("user: it has no name")
	}
	server.AddUser(authtest.User{Name: user.Name, DisplayName: user.DisplayName, Password: user.Password, Bot: user.Bot})
	return nil
}

// dated sets the Date of answers that are otherwise as ever.
func dated(date string) func(http.ResponseWriter, *http.Request) bool {
	offset, err := time.ParseDuration(date)
	return func(w http.ResponseWriter, _ *http.Request) bool {
		if err == nil {
			date = time.Now().Add(offset).UTC().Format(http.TimeFormat)
		}
		w.Header().Set("Date", date)
		return false
	}
}

func answer(server *authtest.Server, args []json.RawMessage) error {
	if len(args) == 0 {
		server.Intercept(nil)
		return nil
	}
	var a Answer
	if err := json.Unmarshal(args[0], &a); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	var answered atomic.Int32
	server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if a.Path != "" && r.URL.Path != a.Path || a.Times > 0 && answered.Add(1) > a.Times {
			return false
		}
		a.write(w, r)
		return true
	})
	return nil
}

func (a Answer) write(w http.ResponseWriter, r *http.Request) {
	select {
	case <-time.After(time.Duration(a.Wait) * time.Millisecond):
	case <-r.Context().Done():
		return
	}
	if a.Break && a.Status == 0 {
		panic(http.ErrAbortHandler)
	}
	for name, value := range a.Headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write([]byte(a.Body)) // a caller who went away misses it
	spaces := make([]byte, 64<<10)
	for i := range spaces {
		spaces[i] = ' '
	}
	for left := a.Fill; left > 0; left -= len(spaces) {
		if _, err := w.Write(spaces[:min(left, len(spaces))]); err != nil {
			return
		}
	}
	if a.Break {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}
