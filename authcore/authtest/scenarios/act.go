package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// Act does one of the server's actions:
//
//	user USER             adds an account, or replaces one's data: {"name": …, "password": …, "displayName": …, "bot": …}
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
//	reset                 returns the server to its beginning
//
// An argument at the end that is null is none. Where a word, an argument or a user
// is none, that is an error, and nothing is arranged.
func Act(server *authtest.Server, action string, args []json.RawMessage) (err error) {
	word, is := words[action]
	if !is {
		return fmt.Errorf("no action %s", action)
	}
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case string: // authtest's, at a name that is none
			err = errors.New(strings.TrimPrefix(reason, "authtest: "))
		default:
			panic(reason)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", action, err)
		}
	}()
	for len(args) > 0 && string(args[len(args)-1]) == "null" {
		args = args[:len(args)-1]
	}
	if len(args) < word.least || len(args) > word.most {
		return fmt.Errorf("it does not take %d arguments", len(args))
	}
	return word.act(server, args)
}

// word is one that can be arranged.
type word struct {
	least, most int // of its arguments
	act         func(*authtest.Server, []json.RawMessage) error
}

const many = math.MaxInt

var words = map[string]word{
	"answer": {0, 1, answer},
	"user":   {1, 1, addUser},
	"reset":  {0, 0, texts(func(s *authtest.Server, _ []string) { s.Reset() })},

	"suspend":      {1, 1, state(authtest.Suspended)},
	"deactivate":   {1, 1, state(authtest.Deactivated)},
	"activate":     {1, 1, state(authtest.Active)},
	"providers":    {0, many, texts(func(s *authtest.Server, a []string) { s.SetProviders(a...) })},
	"link":         {3, 3, texts(func(s *authtest.Server, a []string) { s.Link(a[0], a[1], a[2]) })},
	"end-sessions": {1, 1, texts(func(s *authtest.Server, a []string) { s.EndSessions(a[0]) })},
	"session":      {2, 2, duration(func(s *authtest.Server, name string, age time.Duration) { s.AgeSession(s.OpenSession(name), age) })},
	"age":          {2, 2, duration((*authtest.Server).AgeSessions)},

	"clock":   {0, 1, checked(setClock)},
	"advance": {1, 1, duration(func(s *authtest.Server, _ string, by time.Duration) { s.AdvanceClock(by) })},
	"limit":   {2, 2, duration((*authtest.Server).LimitRate)},
	"date":    {1, 1, setDate},

	"token":               {2, many, addToken},
	"client":              {2, many, texts(func(s *authtest.Server, a []string) { register(s, a[0], "", a[1:]) })},
	"confidential-client": {3, many, texts(func(s *authtest.Server, a []string) { register(s, a[0], a[1], a[2:]) })},
	"refresh-tokens":      {1, 1, checked(setRefreshTokens)},
	"token-life":          {1, 1, checked(setTokenLife)},
	"age-tokens":          {2, 2, duration((*authtest.Server).AgeTokens)},
	"revoke-tokens":       {1, 1, texts(func(s *authtest.Server, a []string) { s.RevokeTokens(a[0]) })},
}

func state(state authtest.State) func(*authtest.Server, []json.RawMessage) error {
	return texts(func(s *authtest.Server, a []string) { s.SetState(a[0], state) })
}

func addUser(s *authtest.Server, args []json.RawMessage) error {
	var user struct {
		Name, DisplayName, Password string
		Bot                         bool
	}
	if err := object(args[0], &user); err != nil {
		return err
	}
	if user.Name == "" {
		return errors.New("it has no name")
	}
	s.AddUser(authtest.User{Name: user.Name, DisplayName: user.DisplayName, Password: user.Password, Bot: user.Bot})
	return nil
}

func setClock(s *authtest.Server, a []string) error {
	if len(a) == 0 {
		s.RunClock()
		return nil
	}
	at, err := time.Parse(time.RFC3339Nano, a[0])
	if err == nil && at.IsZero() {
		err = fmt.Errorf("no clock can stand at %s", a[0])
	}
	if err == nil {
		s.StopClock(at)
	}
	return err
}

func addToken(s *authtest.Server, args []json.RawMessage) error {
	name, err := text(args[1]) // which may be empty
	if err != nil {
		return err
	}
	return texts(func(s *authtest.Server, a []string) {
		s.AddToken(a[0], authtest.Token{User: name, Scopes: a[1:]})
	})(s, append(args[:1:1], args[2:]...))
}

func register(s *authtest.Server, id, secret string, a []string) {
	s.RegisterClient(authtest.OAuth2Client{ID: id, Secret: secret, Confidential: secret != "", RedirectURI: a[0], Scopes: a[1:]})
}

func setTokenLife(s *authtest.Server, a []string) error {
	life, err := time.ParseDuration(a[0])
	if err == nil && life < time.Second {
		err = fmt.Errorf("a token lives for a second at least, not %s", life)
	}
	if err == nil {
		s.SetAccessTokenLife(life)
	}
	return err
}

func setRefreshTokens(s *authtest.Server, a []string) error {
	if a[0] != "on" && a[0] != "off" {
		return fmt.Errorf("they are on or off, not %s", a[0])
	}
	s.SetRefreshTokens(a[0] == "on")
	return nil
}
