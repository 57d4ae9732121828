//go:build tinygo && !oauth2

package authcore

const withOAuth2 = false

type oauth2Exchange struct{}

func (x *oauth2Exchange) otherSecret() string { return "" }

func (r *jsonReader) texts(string, *[5]string) int { return 0 }

func (x *Exchange) oauth2Error(*Response) *Error { return nil }

func (x *Exchange) isForeign(*Response) bool { return false }
