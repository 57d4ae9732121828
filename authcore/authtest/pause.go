//go:build !js

package authtest

import (
	"context"
	"time"
)

// pause waits until what was sent at the same time has come, and returns whether
// that is still wanted.
func pause(ctx context.Context) bool {
	select {
	case <-time.After(20 * time.Millisecond):
		return true
	case <-ctx.Done():
		return false
	}
}
