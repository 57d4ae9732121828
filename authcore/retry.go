package authcore

// RetryPolicy says whether and when a call that failed is sent again.
type RetryPolicy struct {
	// Retries is how often the call may be sent again by itself, and Attempt
	// how often it has been.
	Retries, Attempt int
	// Left is how many milliseconds the caller still waits; 0 for no limit.
	Left int
	// Random is a number of [0, 1) for the jitter.
	Random float64
}

const (
	firstBackoff = 400    // milliseconds; twice as long each time
	longestWait  = 60_000 // whoever is told to wait longer is better told so
)

// Delay returns in how many milliseconds a call that failed with e is to be sent
// again; 0 for never.
//
// Only what reads is: of anything else nobody knows whether the server has done
// it. It waits as long as the server asks (Retry-After), and a part of its own at
// random, so that not all come again at once.
func (p RetryPolicy) Delay(e *Error) int {
	if p.Attempt >= p.Retries || !isRead(e.Op) || !isPassing(e) {
		return 0
	}
	backoff := longestWait
	if p.Attempt < 8 {
		backoff = firstBackoff << p.Attempt
	}
	wait := e.RetryAfter + backoff/2 + int(p.Random*float64(backoff/2))
	if wait > longestWait || p.Left != 0 && wait >= p.Left {
		return 0
	}
	return wait
}

// isRead tells by its name whether a call changes nothing, however often it is
// sent (RFC 9110, section 9.2.1).
func isRead(op string) bool { return hasPrefix(op, "get") || hasPrefix(op, "list") }

// isPassing tells whether an error says that the server is out of reach or busy.
func isPassing(e *Error) bool {
	switch e.Status {
	case 429, 502, 503, 504:
		return true
	}
	return e.Code == CodeNetworkError
}
