package authhttp

import (
	"context"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/traq-auth/traq-auth/authcore"
)

// run has the exchange with the server.
func (c *Client) run(ctx context.Context, x *authcore.Exchange) error {
	for {
		response, cause := c.send(ctx, &x.Request)
		if cause != nil && (!quotable(ctx, cause) || x.Quote(cause.Error()) == "") {
			cause = unquotable{cause}
		}
		if err := ended(ctx, x.Op, cause); err != nil {
			return err
		}
		done, err := x.Next(response)
		if err != nil {
			return because(err, cause)
		}
		if done {
			return nil
		}
	}
}

// send gives the response to a request; where there is none, one that says so,
// and the cause.
func (c *Client) send(ctx context.Context, request *authcore.Request) (*authcore.Response, error) {
	failure := &authcore.Response{Failure: authcore.FailureNetwork}
	r, err := http.NewRequestWithContext(ctx, request.Method, request.URL, strings.NewReader(wellFormed(request.Body)))
	if err != nil {
		return failure, err
	}
	if request.Authorization != "" {
		r.Header.Set("Authorization", request.Authorization)
	}
	if c.userAgent != "" {
		r.Header.Set("User-Agent", c.userAgent)
	}
	if request.Body != "" {
		r.Header.Set("Content-Type", request.ContentType())
	}
	client := c.http
	if request.Credentials == authcore.CredentialsOmit {
		client = c.cookieless
	}
	answer, err := client.Do(r)
	if err != nil {
		return failure, err
	}
	defer func() { _ = answer.Body.Close() }() // what counts of it is read
	var body []byte
	// Behind 101 is no body but the connection, which no context ends.
	if answer.StatusCode != http.StatusSwitchingProtocols {
		if body, err = io.ReadAll(io.LimitReader(answer.Body, authcore.MaxBody+1)); err != nil {
			return failure, err
		}
	}
	response := &authcore.Response{
		Type:        "basic", // to a program no server is of another origin
		Status:      answer.StatusCode,
		ContentType: header(answer, "Content-Type"),
		RequestID:   header(answer, "X-Request-Id"),
		RetryAfter:  header(answer, "Retry-After"),
		FromTraQ:    answer.Header.Get("X-Traq-Version") != "",
	}
	if len(body) > authcore.MaxBody {
		response.Failure = authcore.FailureTooLarge
	} else {
		response.Body = wellFormed(string(body))
	}
	return response, nil
}

// header gives the beginning of a header, which may be megabytes long and no UTF-8:
// more than an error quotes, or it would quote what was cut within a secret. That
// is counted after U+FFFD took the places of bytes, many of which become one.
func header(answer *http.Response, name string) string {
	value := wellFormed(answer.Header.Get(name))
	end := min(len(value), 1025)
	for end < len(value) && !utf8.RuneStart(value[end]) {
		end++
	}
	return value[:end]
}

// wellFormed puts U+FFFD for bytes that are no UTF-8, which JSON must be.
func wellFormed(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// readableLocation takes away a Location that is no URL. http.Client parses it
// before it asks whether to follow, and would give an error for the response;
// what that means is authcore's to say, from the status.
type readableLocation struct {
	under http.RoundTripper // nil for the default
}

func (t readableLocation) RoundTrip(r *http.Request) (*http.Response, error) {
	under := t.under
	if under == nil {
		under = http.DefaultTransport
	}
	response, err := under.RoundTrip(r)
	if err != nil || response == nil {
		return response, err
	}
	if _, err := r.URL.Parse(response.Header.Get("Location")); err != nil {
		response.Header.Del("Location")
	}
	return response, nil
}
