package authtest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// TestClockGoesBack sets the clock back, in each way that there is: nobody is locked
// out, and what was used up is counted from then on.
func TestClockGoesBack(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, clock := range map[string]struct {
		before, back func(s *authtest.Server, now *time.Time)
	}{
		"stopped earlier": {
			func(*authtest.Server, *time.Time) {},
			func(s *authtest.Server, _ *time.Time) { s.StopClock(start.Add(-time.Hour)) },
		},
		"advanced by less than nothing": {
			func(*authtest.Server, *time.Time) {},
			func(s *authtest.Server, _ *time.Time) { s.AdvanceClock(-100 * 365 * 24 * time.Hour) },
		},
		"runs after it stood in the future": {
			func(s *authtest.Server, _ *time.Time) { s.StopClock(start.AddDate(73, 0, 0)) },
			func(s *authtest.Server, _ *time.Time) { s.RunClock() },
		},
		"a Date that was faked": {
			func(_ *authtest.Server, now *time.Time) { *now = start.AddDate(1, 0, 0) },
			func(_ *authtest.Server, now *time.Time) { *now = start },
		},
	} {
		t.Run(name, func(t *testing.T) {
			now := start
			server := authtest.NewUnstartedServer()
			server.Now = func() time.Time { return now }
			call := func() (status int, remaining string) {
				request := httptest.NewRequest(http.MethodGet, "/api/v3/users/me", nil)
				request.AddCookie(&http.Cookie{Name: "r_session", Value: server.OpenSession("alice")})
				recorder := httptest.NewRecorder()
				server.ServeHTTP(recorder, request)
				return recorder.Code, recorder.Header().Get("X-Ratelimit-Remaining")
			}
			clock.before(server, &now)
			_, remaining := call()
			assert.Equal(t, "999", remaining)
			clock.back(server, &now)
			status, remaining := call()
			assert.Equal(t, http.StatusOK, status)
			assert.Equal(t, "998", remaining)
			server.AdvanceClock(time.Second)
			_, remaining = call()
			assert.Equal(t, "999", remaining)

			clock.before(server, &now)
			server.LimitRate("alice", time.Hour)
			clock.back(server, &now)
			status, _ = call()
			assert.Equal(t, http.StatusTooManyRequests, status, "an hour has not passed")
			server.AdvanceClock(59 * time.Minute)
			status, _ = call()
			assert.Equal(t, http.StatusTooManyRequests, status)
			server.AdvanceClock(2 * time.Minute)
			status, _ = call()
			assert.Equal(t, http.StatusOK, status, "and then it has")
		})
	}
}
