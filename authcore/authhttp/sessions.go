package authhttp

import (
	"context"
	"time"

	"github.com/traq-auth/traq-auth/authcore"
)

// Session is a login session of the user's.
type Session struct {
	// ID is a UUID with dashes.
	ID string
	// IssuedAt is when it was opened: UTC, in whole microseconds.
	IssuedAt time.Time
}

// ListSessions gives the user's sessions, in no order. Nothing tells which of
// them is the client's own.
//
// Errors: [authcore.CodeNotAuthenticated], [authcore.CodeInsufficientScope]
// with any access token, and those of every call.
func (c *Client) ListSessions(ctx context.Context) ([]Session, error) {
	listed, err := authorized(ctx, c, authcore.OpListSessions, (*authcore.API).ListSessions)
	var sessions []Session
	for _, s := range listed {
		sessions = append(sessions, Session{s.ID, time.UnixMicro(s.IssuedAt).UTC()})
	}
	return sessions, err
}

// RevokeSession ends a session of the user's, the client's own too. An id that
// is none of theirs succeeds and ends nothing.
//
// Errors: [authcore.CodeInvalidArgument], before anything is sent, for an id
// that is no UUID with dashes; those of [Client.ListSessions].
func (c *Client) RevokeSession(ctx context.Context, id string) error {
	_, err := authorized(ctx, c, authcore.OpRevokeSession, func(api *authcore.API) (*authcore.Operation[struct{}], *authcore.Error) {
		return api.RevokeSession(id)
	})
	return err
}
