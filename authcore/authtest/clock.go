package authtest

import (
	"fmt"
	"time"
)

// StopClock has the server's clock stand still at a time, until it is advanced
// or runs again.
func (s *Server) StopClock(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped, s.ahead = at, 0
}

// RunClock has the server's clock run, by Now.
func (s *Server) RunClock() { s.StopClock(time.Time{}) }

// AdvanceClock moves the server's clock ahead, whether it runs or stands still. It
// panics where that is more in all than a Duration holds, 292 years.
func (s *Server) AdvanceClock(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ahead := s.ahead + by
	if (ahead > s.ahead) != (by > 0) { // it would go the other way
		panic(fmt.Sprintf("authtest: the clock is ahead by %s, and cannot be by %s more", s.ahead, by))
	}
	s.ahead = ahead
}

// Time is what the server's clock says.
func (s *Server) Time() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

func (s *Server) now() time.Time {
	now := s.stopped
	switch {
	case !now.IsZero():
	case s.Now != nil:
		now = s.Now()
	default:
		now = time.Now()
	}
	return now.Add(s.ahead)
}
