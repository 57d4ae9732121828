// Package wire is the form in which values cross between JavaScript and the
// module: as messages of bytes. It is the only place that says so; the other
// half, js/src/module/wire.ts, implements this page, and both are tested against
// testdata/vectors.json.
//
// # A message
//
// It begins with numbers alone, little-endian IEEE 754 binary64, and ends with
// the texts.
//
//	offset       size   what
//	0            8      size of the whole message in bytes
//	8            8      kind, below
//	16           8      n, how many numbers
//	24           8      t, how many texts
//	32           8 × n  the numbers
//	32 + 8n      8 × t  each text's length in bytes; -1 stands for null
//	32 + 8(n+t)         the texts, one behind the other, to the end
//
// Texts are UTF-8. JavaScript puts U+FFFD for a lone surrogate that it writes and
// for a wrong byte that it reads; Go takes and gives what it has, which is UTF-8
// but for a response's body, where any bytes may be. A message is at most
// 16 MiB; a reader refuses one whose sizes do not add up, and reads nothing
// behind its end.
//
// # An entry
//
// JavaScript enters the module with the message of a call and, behind it, those
// of the responses to the requests that the call has led to so far. The module
// answers with one message: a request, a result or an error. It keeps nothing
// from one entry to the next.
//
// # The kinds
//
// Numbers and texts of each, in their order; "?" marks what may be null, and a
// truth value is the number 1 or 0.
//
//	kind        from        numbers                        texts
//	0 call      JavaScript  crossOrigin, retries, attempt, baseURL, authURL?, credentials, accessToken?, …
//	                        left, random, …
//	1 response  JavaScript  failure, status, redirected,   type, contentType?, requestId?, retryAfter?, body
//	                        fromTraQ
//	2 request   Go                                         method, url, credentials, authorization?, body?
//	3 result    Go          …                              …
//	4 error     Go          status, retryAfterMs,          code, message, serverMessage?, requestId?
//	                        retryable, waitMs
//
// The numbers of a call from retries on are authcore.RetryPolicy, and waitMs is its
// answer: JavaScript enters again after so long, with a new call; 0 is never.
// A response's body is its bytes or, for the OAuth2 client's module, what
// js/src/call/body-oauth2.ts makes of JSON, and null of anything else.
// failure is 0 for none, 1 for the network, 2 for a body that is too large.
//
// What stands for "…", by call; a call that is not listed has none of it. A
// redirect or a returnTo is two texts: what the caller wrote, and what a URL
// parser made of it, both null where there is none; after it the allowed origins
// follow.
//
//	call            call: numbers  call: texts                    result: numbers    result: texts
//	login                          name, password, redirect, …                       redirectTo?, the user as below, where it was confirmed
//	logout          all            redirect, …                                       redirectTo?
//	listSessions                                                  ms since 1970 …    id …
//	revokeSession                  id
//	listAccounts                                                  ms since 1970 …    provider, external name …
//	linkAccount                    provider, returnTo, …                             url
//	loginWith                      provider, returnTo, …                             url
//	unlinkAccount                  provider
//	listProviders                                                                    name …
//	getServerInfo                                                 signUpAllowed      version, revision, provider …
//	getUser                                                                          id, name, displayName, iconFileId
//
// In the OAuth2 client's module each call begins with the client's id, redirect URI
// and scope. A parameter is the name and the value, as the URL parser decodes them.
//
//	call            call: texts, behind these                     result: numbers    result: texts
//	login           state, challenge, prompt?, returnTo, …                           url
//	completeLogin   state?, verifier?, parameter …                seconds            access token, refresh token?, scope
//	getAccessToken  refresh token                                 seconds            access token, refresh token?, scope
//	logout          token
//	getUser                                                                          id, name, displayName, iconFileId
package wire
