//go:build js && oauth2

package authcore

const withCookie = false
