//go:build js && oauth2

package authcore

// flatBodies tells that a response's body is what [jsonReader.flatTexts] reads: the
// page's own parser is at hand, and a second one would be a tenth of the module.
const flatBodies = true
