package authcore

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every response that a real server gave is interpreted as the operation would
// that asks at that address; testdata/recorded.json says what must come of it,
// "success", "redirected" or a code. It is fed as a browser shows it to a page of
// the server's own origin. Requests that an operation would never send are not
// left out: the status and the words decide.

// exchange is a recorded request and its response.
type exchange struct {
	Name    string
	Request struct {
		Method, Path string
		Headers      map[string]string
		Body         string
	}
	Response struct {
		Status  int
		Headers map[string]any
		Body    string
	}
}

// anyEndpoint is for what the server answers wherever it is asked.
const anyEndpoint = "any"

type recordedTable struct {
	// Results are names of exchanges by endpoint and result.
	Results map[string]map[string][]string
	// LeftOut are the names of the others, by the reason.
	LeftOut map[string][]string
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.Nil(t, err)
	require.NoError(t, json.Unmarshal(text, into))
}

func TestRecorded(t *testing.T) {
	var exchanges []exchange
	readJSON(t, "authtest/testdata/exchanges.json", &exchanges)
	var table recordedTable
	readJSON(t, "testdata/recorded.json", &table)

	byName := map[string]exchange{}
	for _, e := range exchanges {
		byName[e.Name] = e
	}
	require.Len(t, byName, 305)
	seen := map[string]bool{}
	see := func(name string) exchange {
		e, is := byName[name]
		assert.True(t, is, "%s: there is no such recording", name)
		assert.False(t, seen[name], "%s is listed twice", name)
		seen[name] = true
		return e
	}
	fed := 0
	for endpoint, results := range table.Results {
		for result, names := range results {
			for _, name := range names {
				e := see(name)
				if endpoint != anyEndpoint {
					assert.Equal(t, endpoint, e.endpoint(), "%s is listed with another endpoint", name)
				}
				for _, f := range feedersAt(endpoint) {
					t.Run(name+"/"+f.op, func(t *testing.T) { f.feed(t, byName, e, result) })
					fed++
				}
			}
		}
	}
	for reason, names := range table.LeftOut {
		for _, name := range names {
			e := see(name)
			assert.True(t, e.endpoint() == "" || e.compressed(), "%s is left out needlessly (%s)", name, reason)
		}
	}
	for _, e := range exchanges {
		assert.True(t, seen[e.Name], "%s is neither in the table nor left out", e.Name)
	}
	t.Logf("%d responses fed", fed)
}

var sessionPath = regexp.MustCompile(`^/users/me/sessions/[^/]*$`)

// endpoint is where the operations ask, "" where none does.
func (e exchange) endpoint() string {
	path, _, _ := strings.Cut(e.Request.Path, "?")
	path, is := strings.CutPrefix(path, "/api/v3")
	if e.Request.Method == http.MethodDelete && sessionPath.MatchString(path) {
		path = "/users/me/sessions/{id}"
	}
	endpoint := e.Request.Method + " " + path
	if _, known := feeders[endpoint]; is && known {
		return endpoint
	}
	return ""
}

// compressed tells that the recording does not have the body.
func (e exchange) compressed() bool { return e.header("Content-Encoding") != "" }

func (e exchange) header(name string) string {
	value, _ := e.Response.Headers[name].(string)
	return value
}

func (e exchange) response() *Response {
	if e.Response.Status == http.StatusFound {
		return &Response{Type: "opaqueredirect"}
	}
	return &Response{
		Type: "basic", Status: e.Response.Status, Body: e.Response.Body,
		ContentType: e.header("Content-Type"), RequestID: e.header("X-Request-Id"), RetryAfter: e.header("Retry-After"),
		FromTraQ: e.header("X-Traq-Version") != "",
	}
}

// api is that of a caller who sends a token where one was recorded.
func (e exchange) api() *API {
	api := testAPI
	if e.Request.Headers["Authorization"] != "" {
		api.AccessToken = "token"
	}
	return &api
}

// redirect is a safe one where any was recorded: most of those recorded would
// not be sent.
func (e exchange) redirect() Redirect {
	if regexp.MustCompile(`[?&]redirect=.`).MatchString(e.Request.Path) {
		return toFoo
	}
	return Redirect{}
}

func (e exchange) provider() string {
	var body struct{ ProviderName string }
	if json.Unmarshal([]byte(e.Request.Body), &body) != nil || body.ProviderName == "" {
		return "oidc"
	}
	return body.ProviderName
}

// feeder feeds an exchange's response to an operation.
type feeder struct {
	op   string
	feed func(t *testing.T, byName map[string]exchange, e exchange, result string)
}

// feederOf makes one, given what the value must be.
func feederOf[T any](op string, build func(exchange) (*Operation[T], *Error), want func(exchange) T, confirmation string) feeder {
	return feeder{op, func(t *testing.T, byName map[string]exchange, e exchange, result string) {
		responses := []*Response{e.response()}
		if result == "redirected" && confirmation != "" {
			responses = append(responses, byName[confirmation].response())
		}
		operation, err := build(e)
		got, requests, failure := run(t, operation, err, responses...)
		assert.Len(t, requests, len(responses))
		switch result {
		case "success", "redirected":
			require.Nil(t, failure)
			assert.Equal(t, want(e), withoutUser(got))
			assert.Equal(t, result == "redirected", e.Response.Status == http.StatusFound)
		default:
			require.NotNil(t, failure)
			assert.Zero(t, got)
			checkRecordedError(t, op, e, Code(result), failure)
		}
	}}
}

func checkRecordedError(t *testing.T, op string, e exchange, code Code, got *Error) {
	var body struct{ Message string }
	require.NoError(t, json.Unmarshal([]byte(e.Response.Body), &body))
	want := Error{
		Op: op, Code: code, Status: e.Response.Status, RequestID: e.header("X-Request-Id"),
		Message: body.Message, ServerMessage: body.Message,
		Retryable: code == CodeServerError || code == CodeRateLimited,
	}
	if after := e.header("Retry-After"); after != "" {
		seconds, err := strconv.Atoi(after)
		require.Nil(t, err)
		want.RetryAfter = seconds * 1000
	}
	assert.Equal(t, want, *got)
}

// valueIn reads the value out of the recorded body with encoding/json.
func valueIn[T any](want func(any) T) func(exchange) T {
	return func(e exchange) T {
		var body any
		if err := json.Unmarshal([]byte(e.Response.Body), &body); err != nil {
			panic(err)
		}
		return want(body)
	}
}

func nothingIn(exchange) (none struct{}) { return none }

func redirectedIn(e exchange) Redirected { return Redirected{To: e.redirect().URL} }

// withoutUser gives a value without who confirmed it: that is another recording's.
func withoutUser[T any](value T) T {
	if redirected, is := any(&value).(*Redirected); is {
		redirected.User = User{}
	}
	return value
}

// feeders are the operations that ask at an endpoint.
var feeders = map[string][]feeder{
	"POST /login": {feederOf(OpLogin, func(e exchange) (*Operation[Redirected], *Error) {
		return e.api().Login("alice", "pw", e.redirect())
	}, redirectedIn, "me")},
	"POST /logout": {feederOf(OpLogout, func(e exchange) (*Operation[Redirected], *Error) {
		return e.api().Logout(strings.Contains(e.Request.Path, "all=true"), e.redirect())
	}, redirectedIn, "me.not_logged_in")},
	"GET /users/me/sessions": {feederOf(OpListSessions, func(e exchange) (*Operation[[]Session], *Error) {
		return e.api().ListSessions()
	}, valueIn(wantSessions), "")},
	"DELETE /users/me/sessions/{id}": {feederOf(OpRevokeSession, func(e exchange) (*Operation[struct{}], *Error) {
		return e.api().RevokeSession(sessionID)
	}, nothingIn, "")},
	"GET /users/me/ex-accounts": {feederOf(OpListAccounts, func(e exchange) (*Operation[[]Account], *Error) {
		return e.api().ListAccounts()
	}, valueIn(wantAccounts), "")},
	"POST /users/me/ex-accounts/link": {feederOf(OpLinkAccount, func(e exchange) (*Operation[string], *Error) {
		return e.api().LinkAccount(e.provider())
	}, func(e exchange) string {
		// The server's own redirect leads the provider traQ to a 404.
		return "https://q.example" + strings.Replace(e.header("Location"), "/traQ?", "/traq?", 1)
	}, "")},
	"POST /users/me/ex-accounts/unlink": {feederOf(OpUnlinkAccount, func(e exchange) (*Operation[struct{}], *Error) {
		return e.api().UnlinkAccount(e.provider())
	}, nothingIn, "")},
	"GET /version": {
		feederOf(OpLoginWith, func(e exchange) (*Operation[string], *Error) {
			return e.api().LoginWith("oidc")
		}, func(exchange) string { return "https://q.example/api/auth/oidc" }, ""),
		feederOf(OpGetServerInfo, func(e exchange) (*Operation[ServerInfo], *Error) {
			return e.api().GetServerInfo(), nil
		}, valueIn(wantServerInfo), ""),
		feederOf(OpListProviders, func(e exchange) (*Operation[ServerInfo], *Error) {
			return e.api().ListProviders(), nil
		}, valueIn(wantServerInfo), ""),
	},
	"GET /users/me": {feederOf(OpGetUser, func(e exchange) (*Operation[User], *Error) {
		return e.api().GetUser()
	}, valueIn(wantUser), "")},
}

func feedersAt(endpoint string) []feeder {
	if endpoint == anyEndpoint {
		return slices.Concat(slices.Collect(maps.Values(feeders))...)
	}
	return feeders[endpoint]
}
