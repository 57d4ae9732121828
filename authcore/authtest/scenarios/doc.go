// Package scenarios is one table of what people do with traQ's Authentication
// API and what comes of it, for every client of this project: the Go client
// plays it over net/http (authcore/authhttp), and the JavaScript client in a
// browser (js/test/e2e), in both flavours. scenarios.json is the table.
//
// # A scenario
//
//	name      what it shows; unique
//	covers    the rows of the API's published description that it shows:
//	          "login", "login: redirect" (a parameter), "login: 204" (a status)
//	memory    true where it needs the server in memory (authtest): other users
//	          than the one given, server actions, or an end of all sessions.
//	          The others can be played against any server, with one account
//	steps     what is done, in order
//
// # A step
//
// It has one of these three:
//
//	call      a method of the client by its JavaScript name, with args (the
//	          positional arguments). "client" names who calls, "a" if absent:
//	          each has cookies of their own. "options" makes a new client of
//	          the same cookies with these options: accessToken, authURL,
//	          credentials, allowedRedirectOrigins
//	visit     an address at which a person's browser is pointed, with the
//	          client's cookies, and which ends at the external provider's page;
//	          there "decide" is what they press: "approve" (the default) or "deny"
//	server    an action of [Act], with args
//
// What a call must come to:
//
//	gives     the result; absent: anything (also nothing)
//	fails     the error: any of code, operation, status, serverMessage,
//	          retryAfterMs, retryable
//	sends     how many requests it sends to the API
//
// What a visit must come to: "lands", the path at which the browser ends; and
// "shows", a part of the text there.
//
// # Patterns
//
// A result is compared with a pattern: an object's members that are not named
// are not compared; a list has just the elements that are named, in any order.
// In texts of patterns, args and visits these stand for something else:
//
//	<name> <password>   the account's
//	<origin>            the server's origin: http://127.0.0.1:8080
//	<uuid> <date>       in a pattern: any UUID with dashes; any date
//	<text>              in a pattern: any text
//	<=x>                in a pattern: any text, which is x from then on
//	<x>                 the text that was kept as x
package scenarios
