package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
)

// rows are those of the tables of the API's published description: its
// operations, their parameters, and the statuses that they answer with.
//
// https://github.com/traPtitech/traQ/blob/master/docs/v3-api.yaml
var rows = []string{
	"get_my_external_accounts", "get_my_external_accounts: 200",
	"get_my_sessions", "get_my_sessions: 200",
	"link_external_account", "link_external_account: post_link_external_account", "link_external_account: 302", "link_external_account: 400",
	"login", "login: redirect", "login: post_login_request", "login: 204", "login: 302", "login: 400", "login: 401", "login: 403",
	"logout", "logout: redirect", "logout: all", "logout: 204", "logout: 302",
	"revoke_my_session", "revoke_my_session: session_id", "revoke_my_session: 204",
	"unlink_external_account", "unlink_external_account: post_unlink_external_account", "unlink_external_account: 204", "unlink_external_account: 400",
}

func TestEveryRowIsCovered(t *testing.T) {
	assert.Len(t, rows, 7+7+14, "operations, parameters, statuses")
	covered, names := map[string]bool{}, map[string]bool{}
	for _, s := range scenarios.All() {
		assert.False(t, names[s.Name], "two scenarios are named %q", s.Name)
		names[s.Name] = true
		assert.NotEmpty(t, s.Steps, s.Name)
		for _, row := range s.Covers {
			assert.Contains(t, rows, row, s.Name)
			covered[row] = true
		}
	}
	for _, row := range rows {
		assert.True(t, covered[row], "no scenario covers %q", row)
	}
}

func TestEveryStepIsOne(t *testing.T) {
	for _, s := range scenarios.All() {
		for i, step := range s.Steps {
			kinds := 0
			for _, what := range []string{step.Call, step.Visit, step.Server} {
				if what != "" {
					kinds++
				}
			}
			assert.Equal(t, 1, kinds, "step %d of %q is a call, a visit or the server's", i, s.Name)
			assert.False(t, step.Gives != nil && step.Fails != nil, "step %d of %q gives and fails", i, s.Name)
			assert.True(t, step.Server == "" || s.Memory, "%q acts on the server, so it needs the one in memory", s.Name)
		}
	}
}
