package authhttp_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
)

// playInMemory plays a scenario against a server of its own.
func playInMemory(t *testing.T, s scenarios.Scenario) error {
	server := authtest.NewServer()
	defer server.Close()
	p := newPlayer(server.URL, "alice", "password1234")
	p.memory = server
	return p.play(t.Context(), s)
}

func TestScenarios(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			assert.False(t, seen[s.Name], "another scenario has the same name")
			seen[s.Name] = true
			assert.NoError(t, playInMemory(t, s))
		})
	}
}

// A player who finds nothing wrong with anything would make TestScenarios
// green: each of these is wrong in one way.
func TestPlayerFindsWhatIsWrong(t *testing.T) {
	const login = `{"call":"login","args":[{"name":"<name>","password":"<password>"}]},`
	tests := map[string]struct{ steps, finds string }{
		"fails, and should not":     {`{"call":"getUser"}`, "it fails: getUser: You are not logged in"},
		"gives, and should fail":    {`{"call":"logout","fails":{}}`, "should fail with {}"},
		"another result":            {login + `{"call":"getUser","gives":{"name":"bob"}}`, `name: "alice" is not "bob"`},
		"another error":             {`{"call":"getUser","fails":{"code":"not_found"}}`, `code: "not_authenticated" is not "not_found"`},
		"a status where there is 0": {`{"call":"revokeSession","args":["x"],"fails":{"status":400}}`, "status: null is not 400"},
		"more requests":             {`{"call":"getServerInfo","sends":0}`, "it sends 1 requests, not 0"},
		"lands elsewhere":           {login + `{"visit":"<origin>/api/auth/oidc?link=1","lands":"/x"}`, "not on /x"},
		"lands elsewhere, denied":   {login + `{"visit":"<origin>/api/auth/oidc?link=1","decide":"deny","lands":"/"}`, "/api/auth/oidc/callback"},
		"shows something else":      {login + `{"visit":"<origin>/api/auth/oidc?link=1","lands":"/","shows":"welcome"}`, `does not show "welcome"`},
		"no provider's page":        {`{"visit":"<origin>/api/auth/oidc?link=1","lands":"/"}`, "is not the provider's page"},
		"no such method":            {`{"call":"signIn","fails":{}}`, "no method signIn"},
		"no such argument":          {`{"call":"logout","args":[{"every":true}],"fails":{}}`, `unknown field "every"`},
		"no such option":            {`{"call":"logout","options":{"cookies":true},"fails":{}}`, `unknown field "cookies"`},
		"no such action":            {`{"server":"explode"}`, "no action explode"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := playInMemory(t, scenario(t, name, test.steps))
			require.Error(t, err)
			assert.Contains(t, err.Error(), test.finds)
		})
	}
}

// scenario makes one of steps that are separated by commas.
func scenario(t *testing.T, name, steps string) (s scenarios.Scenario) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte("["+strings.TrimSuffix(steps, ",")+"]"), &s.Steps))
	s.Name = name
	return s
}
