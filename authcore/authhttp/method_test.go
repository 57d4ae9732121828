package authhttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
)

// The methods of the client as the scenarios call them: by their JavaScript
// names, with arguments and results as JSON.

// options are those of a JavaScript client that the scenarios use.
type options struct {
	AccessToken            string               `json:"accessToken"`
	AuthURL                string               `json:"authURL"`
	Credentials            authcore.Credentials `json:"credentials"`
	AllowedRedirectOrigins []string             `json:"allowedRedirectOrigins"`
}

func (p *person) client(origin string, o options) (*authhttp.Client, error) {
	return authhttp.New(origin+"/api/v3", &authhttp.Options{
		HTTPClient:             &http.Client{Jar: p.jar, Transport: p},
		NoCookies:              o.Credentials == authcore.CredentialsOmit,
		AccessToken:            authhttp.StaticToken(o.AccessToken),
		AuthURL:                o.AuthURL,
		AllowedRedirectOrigins: o.AllowedRedirectOrigins,
	})
}

// strictly reads a JSON text without members that the Go value lacks.
func strictly(raw json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// callNamed calls a method, and gives its result as encoding/json would read it.
// What is wrong with the step is no *authcore.Error.
func callNamed(ctx context.Context, c *authhttp.Client, name string, args []json.RawMessage) (any, error) {
	var malformed error
	arg := func(at int, into any) {
		if at < len(args) {
			if err := strictly(args[at], into); err != nil {
				malformed = fmt.Errorf("argument %d of %s: %w", at+1, name, err)
			}
		}
	}
	var text string
	var credentials struct{ Name, Password string }
	var o struct {
		All, Navigate bool
		Redirect      string
	}
	switch name {
	case "login":
		arg(0, &credentials)
		arg(1, &o)
	case "logout":
		arg(0, &o)
	case "revokeSession":
		arg(0, &text)
	case "linkAccount", "loginWith", "unlinkAccount":
		arg(0, &text)
		arg(1, &o)
	}
	if malformed != nil {
		return nil, malformed
	}
	switch name {
	case "login":
		return redirected(c.LoginRedirect(ctx, credentials.Name, credentials.Password, o.Redirect))
	case "logout":
		return redirected(c.LogoutRedirect(ctx, o.All, o.Redirect))
	case "listSessions":
		sessions, err := c.ListSessions(ctx)
		list := []any{}
		for _, s := range sessions {
			list = append(list, map[string]any{"id": s.ID, "issuedAt": date(s.IssuedAt), "current": nil})
		}
		return list, err
	case "revokeSession":
		return nil, c.RevokeSession(ctx, text)
	case "listAccounts":
		accounts, err := c.ListAccounts(ctx)
		list := []any{}
		for _, a := range accounts {
			list = append(list, map[string]any{"providerName": a.ProviderName, "externalName": a.ExternalName, "linkedAt": date(a.LinkedAt)})
		}
		return list, err
	case "linkAccount":
		url, err := c.LinkAccount(ctx, text)
		return map[string]any{"url": url}, err
	case "loginWith":
		url, err := c.LoginWith(ctx, text)
		return map[string]any{"url": url}, err
	case "unlinkAccount":
		return nil, c.UnlinkAccount(ctx, text)
	case "listProviders":
		providers, err := c.ListProviders(ctx)
		return anyList(providers), err
	case "getServerInfo":
		info, err := c.GetServerInfo(ctx)
		return map[string]any{
			"version":       info.Version,
			"revision":      info.Revision,
			"providers":     anyList(info.Providers),
			"signUpAllowed": info.SignUpAllowed,
		}, err
	case "getUser":
		user, err := c.GetUser(ctx)
		return map[string]any{"id": user.ID, "name": user.Name, "displayName": user.DisplayName, "iconFileId": user.IconFileID}, err
	}
	return nil, fmt.Errorf("no method %s", name)
}

func redirected(to string, err error) (any, error) {
	return map[string]any{"redirectTo": orNull(to)}, err
}

// date is a time in JavaScript's precision; what is finer is cut off.
func date(at time.Time) string { return at.Format(javaScriptDate) }

func anyList(texts []string) []any {
	list := []any{}
	for _, text := range texts {
		list = append(list, text)
	}
	return list
}

// orNull is a value as JavaScript's client gives it, which has null for what is
// not there.
func orNull[T comparable](value T) any {
	var none T
	if value == none {
		return nil
	}
	return value
}

// errorMembers is an error as JavaScript's AuthError.toJSON gives it.
func errorMembers(err error) (any, error) {
	var e *authcore.Error
	if !errors.As(err, &e) {
		return nil, fmt.Errorf("no *authcore.Error is in the error %w", err)
	}
	return map[string]any{
		"code":          string(e.Code),
		"operation":     e.Op,
		"message":       e.Error(),
		"status":        orNull(float64(e.Status)),
		"serverMessage": orNull(e.ServerMessage),
		"requestId":     orNull(e.RequestID),
		"retryAfterMs":  orNull(float64(e.RetryAfter)),
		"retryable":     e.Retryable,
	}, nil
}
