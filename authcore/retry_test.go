package authcore

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWaits(t *testing.T) {
	busy := &Error{Op: OpListSessions, Code: CodeRateLimited, Status: 429}
	asked := &Error{Op: OpListSessions, Code: CodeRateLimited, Status: 429, RetryAfter: 1000}
	almost := math.Nextafter(1, 0)
	for _, test := range []struct {
		name   string
		policy RetryPolicy
		e      *Error
		want   int
	}{
		{"at the least", RetryPolicy{Retries: 2}, busy, 200},
		{"in the middle", RetryPolicy{Retries: 2, Random: 0.5}, busy, 300},
		{"at the most", RetryPolicy{Retries: 2, Random: almost}, busy, 399},
		{"twice as long the second time", RetryPolicy{Retries: 2, Attempt: 1, Random: 0.5}, busy, 600},
		{"not a third time", RetryPolicy{Retries: 2, Attempt: 2}, busy, 0},
		{"never", RetryPolicy{}, busy, 0},
		{"the eighth time", RetryPolicy{Retries: 99, Attempt: 7}, busy, 25_600},
		{"no longer than a minute", RetryPolicy{Retries: 99, Attempt: 8, Random: almost}, busy, 59_999},
		{"however often", RetryPolicy{Retries: math.MaxInt, Attempt: math.MaxInt - 1}, busy, 30_000},
		{"the server's wait, and its own", RetryPolicy{Retries: 1}, asked, 1200},
		{"within what is left", RetryPolicy{Retries: 1, Left: 1201}, asked, 1200},
		{"when it would be too late", RetryPolicy{Retries: 1, Left: 1200}, asked, 0},
		{"for a minute", RetryPolicy{Retries: 1}, &Error{Op: OpGetUser, Status: 503, RetryAfter: 59_800}, 60_000},
		{"for no more than a minute", RetryPolicy{Retries: 1}, &Error{Op: OpGetUser, Status: 503, RetryAfter: 59_801}, 0},
	} {
		assert.Equal(t, test.want, test.policy.Delay(test.e), test.name)
	}
}

func TestWhatIsTriedAgain(t *testing.T) {
	once := RetryPolicy{Retries: 1}
	for op, reads := range map[string]bool{
		OpLogin: false, OpLogout: false, OpRevokeSession: false, OpLinkAccount: false, OpUnlinkAccount: false, OpLoginWith: false,
		OpListSessions: true, OpListAccounts: true, OpListProviders: true, OpGetServerInfo: true, OpGetUser: true,
	} {
		assert.Equal(t, reads, once.Delay(&Error{Op: op, Code: CodeNetworkError}) > 0, op)
	}
	for status := 100; status < 600; status++ {
		again := status == 429 || status == 502 || status == 503 || status == 504
		assert.Equal(t, again, once.Delay(&Error{Op: OpGetUser, Code: CodeServerError, Status: status}) > 0, status)
	}
	for _, code := range []Code{
		CodeInvalidCredentials, CodeInvalidToken, CodeNotAuthenticated, CodeInvalidResponse, CodeCrossOriginBlocked, CodeInvalidArgument,
	} {
		assert.Zero(t, once.Delay(&Error{Op: OpGetUser, Code: code}), code)
	}
}
