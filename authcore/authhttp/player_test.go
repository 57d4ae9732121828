package authhttp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/authtest/scenarios"
)

// player plays scenarios against a server. It gives errors, and does not fail a
// test: whoever plays against somebody's account tidies up first.
type player struct {
	origin string
	values values
	memory *authtest.Server // nil where the server is another
	people map[string]*person
}

// person is a client of a scenario's, with cookies of their own.
type person struct {
	jar  http.CookieJar
	sent atomic.Int64
}

// RoundTrip counts the requests that are sent.
func (p *person) RoundTrip(r *http.Request) (*http.Response, error) {
	p.sent.Add(1)
	return http.DefaultTransport.RoundTrip(r)
}

func newPlayer(origin, name, password string) *player {
	return &player{
		origin: origin,
		values: values{"origin": origin, "name": name, "password": password},
		people: map[string]*person{},
	}
}

func (p *player) play(ctx context.Context, s scenarios.Scenario) error {
	for i, step := range s.Steps {
		var err error
		switch {
		case step.Server != "":
			err = p.act(step)
		case step.Visit != "":
			err = p.visit(ctx, step)
		default:
			err = p.call(ctx, step)
		}
		if err != nil {
			return fmt.Errorf("step %d, %s%s%s: %w", i+1, step.Server, step.Visit, step.Call, err)
		}
	}
	return nil
}

// leave ends the sessions that the people of the scenarios have opened, each by
// its own cookie and so no others, and forgets the people.
func (p *player) leave(ctx context.Context) (err error) {
	for name, person := range p.people {
		client, failed := person.client(p.origin, options{})
		if failed == nil {
			failed = client.Logout(ctx)
		}
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("the session of client %q may be left open: %w", name, failed))
		}
	}
	clear(p.people)
	return err
}

func (p *player) person(name string) (*person, error) {
	if name == "" {
		name = "a"
	}
	if p.people[name] == nil {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		p.people[name] = &person{jar: jar}
	}
	return p.people[name], nil
}

func (p *player) args(step scenarios.Step) ([]json.RawMessage, error) {
	args := make([]json.RawMessage, len(step.Args))
	for i, arg := range step.Args {
		filled, err := p.values.filledJSON(arg)
		if err != nil {
			return nil, err
		}
		args[i] = filled
	}
	return args, nil
}

func (p *player) act(step scenarios.Step) error {
	if p.memory == nil {
		return errors.New("there is no server in memory to act on")
	}
	args, err := p.args(step)
	if err != nil {
		return err
	}
	return scenarios.Act(p.memory, step.Server, args)
}

func (p *player) call(ctx context.Context, step scenarios.Step) error {
	person, err := p.person(step.Client)
	if err != nil {
		return err
	}
	args, err := p.args(step)
	if err != nil {
		return err
	}
	var options options
	if step.Options != nil {
		filled, err := p.values.filledJSON(step.Options)
		if err != nil {
			return err
		}
		if err := strictly(filled, &options); err != nil {
			return fmt.Errorf("options: %w", err)
		}
	}
	client, err := person.client(p.origin, options)
	if err != nil {
		return err
	}
	before := p.sent(person)
	value, err := callNamed(ctx, client, step.Call, args)
	if err := p.outcome(step, value, err); err != nil {
		return err
	}
	if sent := p.sent(person) - before; step.Sends != nil && sent != *step.Sends {
		return fmt.Errorf("it sends %d requests, not %d", sent, *step.Sends)
	}
	return nil
}

// sent gives how many requests a person has sent: where the server can tell,
// how many it got.
func (p *player) sent(person *person) int {
	if p.memory != nil {
		return p.memory.Requests()
	}
	return int(person.sent.Load())
}

// outcome compares what a call has come to with what it must come to.
func (p *player) outcome(step scenarios.Step, value any, err error) error {
	want := step.Gives
	if step.Fails != nil {
		if err == nil {
			return fmt.Errorf("it gives %s, and should fail with %s", asJSON(value), step.Fails)
		}
		if value, err = errorMembers(err); err != nil {
			return err
		}
		want = step.Fails
	}
	if err != nil {
		return fmt.Errorf("it fails: %w", err)
	}
	if want == nil {
		return nil
	}
	var pattern any
	if err := json.Unmarshal(want, &pattern); err != nil {
		return err
	}
	return p.values.match(value, pattern)
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// visit is what a person does whose browser has the client's cookies: it
// follows redirects to the provider's page, and there they press a button.
func (p *player) visit(ctx context.Context, step scenarios.Step) error {
	person, err := p.person(step.Client)
	if err != nil {
		return err
	}
	browser := &http.Client{Jar: person.jar}
	at, page, err := get(ctx, browser, p.values.filled(step.Visit))
	if err != nil {
		return err
	}
	fields := hiddenField.FindAllStringSubmatch(page, -1)
	if fields == nil {
		return fmt.Errorf("%s is not the provider's page: %s", at, page)
	}
	decision := step.Decide
	if decision == "" {
		decision = "approve"
	}
	form := url.Values{"decision": {decision}, "account": {"alice_ext"}}
	for _, field := range fields {
		form.Add(html.UnescapeString(field[1]), html.UnescapeString(field[2]))
	}
	at.RawQuery = form.Encode()
	at, page, err = get(ctx, browser, at.String())
	if err != nil {
		return err
	}
	if at.Path != step.Lands {
		return fmt.Errorf("it lands on %s, not on %s", at, step.Lands)
	}
	if !strings.Contains(page, step.Shows) {
		return fmt.Errorf("%q does not show %q", page, step.Shows)
	}
	return nil
}

// get follows redirects, and gives where they end and what is there.
func get(ctx context.Context, browser *http.Client, address string) (*url.URL, string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", err
	}
	response, err := browser.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	return response.Request.URL, string(body), err
}
