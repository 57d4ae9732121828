package authhttp

import (
	"context"
	"errors"
	"fmt"

	"github.com/traq-auth/traq-auth/authcore"
)

// The codes that this package gives beside authcore's.
const (
	// CodeTimeout tells that the context's deadline passed, or a time limit of
	// the http.Client's.
	CodeTimeout authcore.Code = "timeout"
	// CodeCanceled tells that the context was cancelled.
	CodeCanceled authcore.Code = "canceled"
)

// because adds to an error what caused it; nil adds nothing.
func because(err, cause error) error {
	if cause == nil {
		return err
	}
	return fmt.Errorf("%w (%w)", err, cause)
}

// unquotable is a cause whose text an error must not tell: net/http quotes what a
// server sent where that is no HTTP, which may be what it was sent.
type unquotable struct{ error }

func (unquotable) Error() string { return "what the network says of it is left out" }

func (u unquotable) Unwrap() error { return u.error }

// ended is the error of a call whose context's end, or another limit of time,
// caused it to fail; nil for other causes.
func ended(ctx context.Context, op string, cause error) error {
	if cause == nil {
		return nil
	}
	e := &authcore.Error{Op: op}
	var limited interface{ Timeout() bool } // net.Error, without its deprecated half
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Code, e.Message = CodeCanceled, "cancelled by the caller"
	case ctx.Err() != nil || errors.As(cause, &limited) && limited.Timeout():
		e.Code, e.Message = CodeTimeout, "no answer within the time that the caller gave it"
		e.Retryable = true
	default:
		return nil
	}
	// net/http gives the context's cause in the place of its error.
	if end := ctx.Err(); end != nil && !errors.Is(cause, end) {
		cause = fmt.Errorf("%w: %w", end, cause)
	}
	return because(e, cause)
}

// noToken is the error of a call that Options.AccessToken gave no token to.
func noToken(ctx context.Context, op string, cause error) error {
	if ctx.Err() != nil {
		return ended(ctx, op, cause)
	}
	return because(&authcore.Error{Op: op, Code: authcore.CodeInvalidArgument, Message: "AccessToken failed to give a token"}, cause)
}

// wrongOption is the error of New.
func wrongOption(message string) error {
	return &authcore.Error{Op: "authhttp.New", Code: authcore.CodeInvalidArgument, Message: message}
}
