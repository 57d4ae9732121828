//go:build !js || !oauth2

package authcore

// withCookie tells that an exchange may be one of a client that has the cookie:
// that logs in, that is redirected, that links accounts. The module of the OAuth2
// client is built without.
const withCookie = true
