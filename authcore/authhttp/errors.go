package authhttp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

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

// quotable tells whether a cause is of those whose text has nothing of an answer.
// Others' may: net/http quotes what a server sent where that is no HTTP, even a word
// of it, which may be one of a password's.
func quotable(ctx context.Context, cause error) bool {
	for _, known := range []error{context.Cause(ctx), io.EOF, io.ErrUnexpectedEOF, http.ErrSchemeMismatch} {
		if known != nil && errors.Is(cause, known) {
			return true
		}
	}
	var connection *net.OpError
	var certificate *tls.CertificateVerificationError
	return timedOut(cause) || errors.As(cause, &connection) || errors.As(cause, &certificate)
}

// timedOut tells whether a cause is a limit of time.
func timedOut(cause error) bool {
	var limited interface{ Timeout() bool } // net.Error, without its deprecated half
	return errors.As(cause, &limited) && limited.Timeout()
}

// unquotable is a cause whose text an error must not tell.
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
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Code, e.Message = CodeCanceled, "cancelled by the caller"
	case ctx.Err() != nil || timedOut(cause):
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
