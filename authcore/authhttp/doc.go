// Package authhttp calls traQ's Authentication API from a Go program: a
// [Client] with blocking methods over net/http.
//
//	client, err := authhttp.New("https://q.trap.jp/api/v3", nil)
//	…
//	err = client.Login(ctx, name, password)
//
// # Errors
//
// Every error of this package has an [*authcore.Error] in it, which errors.As
// finds; its Code is what to switch on, or what errors.Is looks for:
//
//	errors.Is(err, authcore.CodeInvalidCredentials)
//
// Where the request itself failed, the cause is in the error too, for errors.Is
// and errors.As: context.Canceled, context.DeadlineExceeded, a *net.OpError …
//
// Those of every call are [authcore.CodeNetworkError], [CodeTimeout],
// [CodeCanceled], [authcore.CodeInvalidArgument], [authcore.CodeInvalidRequest],
// [authcore.CodeInvalidResponse], [authcore.CodeNotFound],
// [authcore.CodeRateLimited] and [authcore.CodeServerError]; of every call that
// takes an access token, [authcore.CodeInvalidToken],
// [authcore.CodeAccountSuspended] and [authcore.CodeBotNotPermitted] too.
//
// What went wrong on the way there (the first three) leaves open whether the
// server has done what it was asked.
//
// # Cookies
//
// The session is a cookie in a jar of the Client's own. A client of the rest of
// traQ's API is signed in with it where both have the same jar:
//
//	jar, _ := cookiejar.New(nil)
//	client, err := authhttp.New(baseURL, &authhttp.Options{HTTPClient: &http.Client{Jar: jar}})
//	others := &http.Client{Jar: jar}
//
// # Time
//
// There is no time limit beside the context's: give it a deadline, or the
// http.Client in [Options] a Timeout. Nothing is tried twice: the error's
// Retryable and RetryAfter tell whether and when that would make sense.
//
// # Where it stands
//
// What is sent and what an answer means is authcore's; this package sends it,
// and gives the results as Go programs like them. What belongs here: input,
// output, contexts, cookies. What does not: any rule on the API's answers.
package authhttp
