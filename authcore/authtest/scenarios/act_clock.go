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
		by, err := time.ParseDuration(texts[0])
		if err != nil {
			return true, err
		}
		server.AdvanceClock(by)
	case action == "limit" && len(texts) == 2:
		period, err := time.ParseDuration(texts[1])
		if err != nil {
			return true, err
		}
		server.LimitRate(texts[0], period)
	default:
		return false, nil
	}
	return true, nil
}
