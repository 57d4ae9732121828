//go:build !tinygo

package authcore

// A Code is an error too, so that it can be the target of [errors.Is]:
//
//	errors.Is(err, authcore.CodeInvalidCredentials)
func (c Code) Error() string { return string(c) }

// Is reports whether the target is the error's Code.
func (e *Error) Is(target error) bool { return target == e.Code }
