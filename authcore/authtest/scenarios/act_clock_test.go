package scenarios_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
)

func TestActionsOnClock(t *testing.T) {
	server := authtest.NewUnstartedServer()
	require.NoError(t, scenarios.Act(server, "user", []json.RawMessage{[]byte(`{"name":"carol","password":"secret"}`)}))
	require.NoError(t, act(t, server, "clock", "2026-01-02T03:04:05Z"))
	cookie := server.OpenSession("carol")
	me := func() *httptest.ResponseRecorder {
		request := httptest.NewRequest(http.MethodGet, "/api/v3/users/me", nil)
		request.AddCookie(&http.Cookie{Name: "r_session", Value: cookie})
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, request)
		return recorder
	}
	assert.Equal(t, http.StatusOK, me().Code)

	require.NoError(t, act(t, server, "limit", "carol", "1h"))
	assert.Equal(t, http.StatusTooManyRequests, me().Code)
	require.NoError(t, act(t, server, "advance", "59m"))
	assert.Equal(t, http.StatusTooManyRequests, me().Code)
	assert.Equal(t, "0", me().Header().Get("X-Ratelimit-Remaining"))
	require.NoError(t, act(t, server, "advance", "2m"))
	assert.Equal(t, http.StatusOK, me().Code)
	assert.Equal(t, "2026-01-02T04:05:05Z", server.Time().Format(time.RFC3339))

	require.NoError(t, act(t, server, "advance", "672h"))
	assert.Equal(t, http.StatusUnauthorized, me().Code)
	require.NoError(t, act(t, server, "clock"))
	assert.WithinDuration(t, time.Now(), server.Time(), time.Minute)

	for _, wrong := range [][]string{{"clock", "noon"}, {"advance", "soon"}, {"advance"}, {"limit", "carol"}, {"user"}} {
		assert.Error(t, act(t, server, wrong[0], wrong[1:]...), "%v", wrong)
	}
	assert.ErrorContains(t, scenarios.Act(server, "user", []json.RawMessage{[]byte(`{}`)}), "no name")
}

// What is too much together is refused, and the clock stands where it stood.
func TestAdvanceTooFar(t *testing.T) {
	for _, by := range []string{"2562047h", "-2562047h"} {
		server := authtest.NewUnstartedServer()
		require.NoError(t, act(t, server, "clock", "2026-01-02T03:04:05Z"))
		require.NoError(t, act(t, server, "advance", by))
		before := server.Time()
		assert.ErrorContains(t, act(t, server, "advance", by), "advance: the clock is ahead by "+by)
		assert.Equal(t, before, server.Time())
		require.NoError(t, act(t, server, "advance", "0s"))
	}
}
