//go:build tinygo && oauth2

package authcore

const withCookie = false
