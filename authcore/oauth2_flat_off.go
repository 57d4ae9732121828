//go:build !js || !oauth2

package authcore

const flatBodies = false
