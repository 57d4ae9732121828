package authtest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

const old = 15 * 24 * time.Hour // of a session that the next call renews

// withCookie calls with a session's cookie, and returns the status and the cookie that is set.
func withCookie(t *testing.T, client *http.Client, server *authtest.Server, cookie string) (status int, set string) {
	request, err := http.NewRequest(http.MethodGet, server.URL+"/api/v3/users/me", nil)
	require.NoError(t, err)
	request.AddCookie(&http.Cookie{Name: "r_session", Value: cookie})
	response, err := client.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	for _, c := range response.Cookies() {
		set = c.Value
	}
	return response.StatusCode, set
}

// TestParallelRenewals has requests under way at once, all with the cookie of a
// session that is old. Each waits until all have come.
func TestParallelRenewals(t *testing.T) {
	for name, test := range map[string]struct {
		meanwhile func(*authtest.Server)
		status    int
	}{
		"renewed":                   {func(*authtest.Server) {}, http.StatusOK},
		"the user's sessions ended": {func(s *authtest.Server) { s.EndSessions("alice") }, http.StatusUnauthorized},
		"the account deactivated":   {func(s *authtest.Server) { s.SetState("alice", authtest.Deactivated) }, http.StatusUnauthorized},
		"too old meanwhile":         {func(s *authtest.Server) { s.AgeSessions("alice", old) }, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			server := authtest.NewServer()
			defer server.Close()
			cookie := server.OpenSession("alice")
			server.AgeSession(cookie, old)
			const requests = 6
			var come, first sync.WaitGroup
			come.Add(requests)
			first.Add(1)
			alone := make(chan struct{}, 1)
			alone <- struct{}{}
			server.Intercept(func(http.ResponseWriter, *http.Request) bool {
				come.Done()
				come.Wait()
				select {
				case <-alone:
				default:
					first.Wait()
				}
				return false
			})
			var mu sync.Mutex
			cookies, statuses := map[string]bool{}, []int{}
			var all sync.WaitGroup
			for range requests {
				all.Go(func() {
					status, set := withCookie(t, server.Client(), server, cookie)
					mu.Lock()
					defer mu.Unlock()
					statuses = append(statuses, status)
					cookies[set] = true
					if len(statuses) == 1 { // the old cookie is renewed: now the others
						server.Intercept(nil)
						test.meanwhile(server)
						first.Done()
					}
				})
			}
			all.Wait()
			require.Len(t, statuses, requests)
			assert.Equal(t, http.StatusOK, statuses[0])
			for _, status := range statuses[1:] {
				assert.Equal(t, test.status, status)
			}
			if test.status == http.StatusOK {
				assert.Len(t, cookies, requests, "each has another new cookie")
				delete(cookies, "")
				for set := range cookies {
					status, _ := withCookie(t, server.Client(), server, set)
					assert.Equal(t, http.StatusOK, status)
				}
			}
			status, _ := withCookie(t, server.Client(), server, cookie)
			assert.Equal(t, http.StatusUnauthorized, status, "the old one is none afterwards")
		})
	}
}

// TestRenewalTakesItsTime sends requests at once, as a page does: none waits for
// another here.
func TestRenewalTakesItsTime(t *testing.T) {
	server := authtest.NewUnstartedServer()
	cookie := server.OpenSession("alice")
	server.AgeSession(cookie, old)
	call := func() int {
		request := httptest.NewRequest(http.MethodGet, "/api/v3/users/me", nil)
		request.AddCookie(&http.Cookie{Name: "r_session", Value: cookie})
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, request)
		return recorder.Code
	}
	statuses := make([]int, 4)
	var all sync.WaitGroup
	for i := range statuses {
		all.Go(func() { statuses[i] = call() })
	}
	all.Wait()
	assert.Equal(t, []int{200, 200, 200, 200}, statuses)
	assert.Equal(t, http.StatusUnauthorized, call())
}

func TestRenewedSessionIsListedNoMore(t *testing.T) {
	server := authtest.NewServer()
	defer server.Close()
	cookie := server.OpenSession("alice")
	server.AgeSession(cookie, old)
	c := server.Client()
	status, set := withCookie(t, c, server, cookie)
	require.Equal(t, http.StatusOK, status)
	request, err := http.NewRequest(http.MethodGet, server.URL+"/api/v3/users/me/sessions", nil)
	require.NoError(t, err)
	request.AddCookie(&http.Cookie{Name: "r_session", Value: set})
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, request)
	assert.Equal(t, 1, strings.Count(recorder.Body.String(), `"id"`))
}
