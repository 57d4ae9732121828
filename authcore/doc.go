// Package authcore is traQ's Authentication API as values: what to send, and
// what an answer means. It does no input or output of its own.
//
// An [Operation] is a request and the way to read its response. A driver sends
// the request and hands the response to [Exchange.Next], until that says that
// the exchange is done or has failed. So the same rules run in a
// browser over fetch, in a Go program over net/http, and in a test over a
// literal.
//
// What belongs here: requests, the interpretation of responses, the stable
// error codes, the checks of arguments and of redirect targets. What does not:
// anything that talks to a network, a clock or JavaScript.
//
// The package is compiled into a bundle that is counted in kilobytes, so it
// imports only what stays small under TinyGo; imports_test.go holds the list
// of what it must not import, with the reasons.
package authcore
