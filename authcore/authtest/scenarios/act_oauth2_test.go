package scenarios_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
)

func act(t *testing.T, server *authtest.Server, action string, texts ...string) error {
	args := []json.RawMessage{}
	for _, text := range texts {
		arg, err := json.Marshal(text)
		require.NoError(t, err)
		args = append(args, arg)
	}
	return scenarios.Act(server, action, args)
}

func TestActionsOnOAuth2(t *testing.T) {
	server := authtest.NewUnstartedServer()
	require.NoError(t, act(t, server, "client", "the-app", "https://app.example/", "read", "write"))
	require.NoError(t, act(t, server, "refresh-tokens", "on"))
	require.NoError(t, act(t, server, "token-life", "1h"))
	token := func(form url.Values) (answer struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
		Life    int    `json:"expires_in"`
		Error   string
	}) {
		form.Set("client_id", "the-app")
		request := httptest.NewRequest(http.MethodPost, "/api/v3/oauth2/token", strings.NewReader(form.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, request)
		require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &answer))
		return answer
	}
	use := func(access string) int {
		request := httptest.NewRequest(http.MethodGet, "/api/v3/users/me", nil)
		request.Header.Set("Authorization", "Bearer "+access)
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, request)
		return recorder.Code
	}
	first := token(url.Values{"grant_type": {"password"}, "username": {"alice"}, "password": {"password1234"}})
	assert.Equal(t, 3600, first.Life)
	assert.Equal(t, http.StatusOK, use(first.Access))
	require.NoError(t, act(t, server, "age-tokens", "alice", "61m"))
	assert.Equal(t, http.StatusUnauthorized, use(first.Access))

	require.NoError(t, act(t, server, "refresh-tokens", "off"))
	second := token(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first.Refresh}})
	assert.Equal(t, http.StatusOK, use(second.Access))
	assert.Empty(t, second.Refresh)
	require.NoError(t, act(t, server, "revoke-tokens", "alice"))
	assert.Equal(t, http.StatusUnauthorized, use(second.Access))

	for _, wrong := range [][]string{{"client", "x"}, {"refresh-tokens", "maybe"}, {"token-life", "long"}, {"age-tokens", "alice", "x"}, {"revoke-tokens"}} {
		assert.Error(t, act(t, server, wrong[0], wrong[1:]...), "%v", wrong)
	}
}
