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
		name     string
		patience Patience
		e        *Error
		want     int
	}{
		{"at the least", Patience{Retries: 2}, busy, 200},
		{"in the middle", Patience{Retries: 2, Random: 0.5}, busy, 300},
		{"at the most", Patience{Retries: 2, Random: almost}, busy, 399},
		{"twice as long the second time", Patience{Retries: 2, Attempt: 1, Random: 0.5}, busy, 600},
		{"not a third time", Patience{Retries: 2, Attempt: 2}, busy, 0},
		{"never", Patience{}, busy, 0},
		{"the eighth time", Patience{Retries: 99, Attempt: 7}, busy, 25_600},
		{"no longer than a minute", Patience{Retries: 99, Attempt: 8, Random: almost}, busy, 59_999},
		{"however often", Patience{Retries: math.MaxInt, Attempt: math.MaxInt - 1}, busy, 30_000},
		{"the server's wait, and its own", Patience{Retries: 1}, asked, 1200},
		{"within what is left", Patience{Retries: 1, Left: 1201}, asked, 1200},
		{"when it would be too late", Patience{Retries: 1, Left: 1200}, asked, 0},
		{"for a minute", Patience{Retries: 1}, &Error{Op: OpGetUser, Status: 503, RetryAfter: 59_800}, 60_000},
		{"for no more than a minute", Patience{Retries: 1}, &Error{Op: OpGetUser, Status: 503, RetryAfter: 59_801}, 0},
	} {
		assert.Equal(t, test.want, test.patience.Wait(test.e), test.name)
	}
}

func TestWhatIsTriedAgain(t *testing.T) {
	once := Patience{Retries: 1}
	for op, reads := range map[string]bool{
		OpLogin: false, OpLogout: false, OpRevokeSession: false, OpLinkAccount: false, OpUnlinkAccount: false, OpLoginWith: false,
		OpListSessions: true, OpListAccounts: true, OpListProviders: true, OpGetServerInfo: true, OpGetUser: true,
	} {
		assert.Equal(t, reads, once.Wait(&Error{Op: op, Code: CodeNetworkError}) > 0, op)
	}
	for status := 100; status < 600; status++ {
		again := status == 429 || status == 502 || status == 503 || status == 504
		assert.Equal(t, again, once.Wait(&Error{Op: OpGetUser, Code: CodeServerError, Status: status}) > 0, status)
	}
	for _, code := range []Code{
		CodeInvalidCredentials, CodeInvalidToken, CodeNotAuthenticated, CodeInvalidResponse, CodeCrossOriginBlocked, CodeInvalidArgument,
	} {
		assert.Zero(t, once.Wait(&Error{Op: OpGetUser, Code: code}), code)
	}
}
