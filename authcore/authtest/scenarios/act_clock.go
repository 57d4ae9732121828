package scenarios

import (
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// actOnClock does an action on the server's clock, or on what passes with time,
// and returns whether it is one.
func actOnClock(server *authtest.Server, action string, texts []string) (done bool, err error) {
	switch {
	case action == "clock" && len(texts) == 0:
		server.RunClock()
	case action == "clock" && len(texts) == 1:
		at, err := time.Parse(time.RFC3339Nano, texts[0])
		if err != nil {
			return true, err
		}
		server.StopClock(at)
	case action == "advance" && len(texts) == 1:
		return true, withDuration(texts[0], server.AdvanceClock)
	case action == "limit" && len(texts) == 2:
		return true, withDuration(texts[1], func(period time.Duration) { server.LimitRate(texts[0], period) })
	default:
		return false, nil
	}
	return true, nil
}
