package authtest

import (
	"net"
	"net/http"
	"strconv"
	"time"
)

// A user may, from one address, have rateBurst requests at once, and rateRefill
// a second.
const (
	rateBurst  = 1000
	rateRefill = 100
)

type bucket struct {
	tokens float64
	at     time.Time
}

// LimitRate answers a user's calls, for so long, as if too many had been made. It
// panics where there is no such user.
func (s *Server) LimitRate(name string, period time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.mustUser(name)
	u.limitedFor, u.limitedAt = period, s.now()
}

// passed is how much time has passed since it was last asked: none where the clock
// was set back, from where it goes on.
func passed(at *time.Time, now time.Time) time.Duration {
	since := now.Sub(*at)
	*at = now
	return max(0, since)
}

// withinRate takes one request from the caller's bucket; where that is empty,
// it answers and gives false.
func (x *exchange) withinRate(u *user) bool {
	address, _, _ := net.SplitHostPort(x.r.RemoteAddr)
	key, now := u.id+" "+address, x.now()
	b, known := x.buckets.get(key)
	if !known {
		b = &bucket{rateBurst, now}
		x.buckets.put(key, b)
	}
	b.tokens = min(rateBurst, b.tokens+rateRefill*passed(&b.at, now).Seconds())
	if u.limitedFor = max(0, u.limitedFor-passed(&u.limitedAt, now)); u.limitedFor > 0 {
		b.tokens = 0
	}
	within := b.tokens >= 1
	if within {
		b.tokens--
	}
	h := x.w.Header()
	h.Set("X-Ratelimit-Limit", strconv.Itoa(rateBurst))
	h.Set("X-Ratelimit-Remaining", strconv.Itoa(int(b.tokens)))
	if !within {
		h.Set("Retry-After", "1")
		x.fail(http.StatusTooManyRequests, "rate limit exceeded")
	}
	return within
}
