package authcore

import (
	"encoding/json"
	neturl "net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a real server answers to a client of another origin: testdata/oauth2.json
// says what must come of each exchange of authtest's that an operation or a page
// sees, "success" or a code, or why none does. "callback" is for what it redirects to.

const recordedUser = "01a207a2-777e-7cc0-adf2-4d4000000000"

type oauth2Results struct {
	// Results are names, by what was asked and what comes of it.
	Results map[string]map[string][]string
	// LeftOut are names, by the reason.
	LeftOut map[string][]string
}

// readOAuth2 reads the recordings, with values that are of their alphabets for
// those that stand in for what was secret.
func readOAuth2(t *testing.T) (expected oauth2Results, byName map[string]exchange) {
	t.Helper()
	text, err := os.ReadFile("testdata/oauth2.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &expected))
	text, err = os.ReadFile("authtest/testdata/oauth2.json")
	require.NoError(t, err)
	s := strings.ReplaceAll(string(text), "<user:alice>", recordedUser)
	s = strings.ReplaceAll(s, "state=st-1", "state="+testState)
	s = regexp.MustCompile(`<(\w+):(\w+)>`).ReplaceAllString(s, "$1-$2")
	var exchanges []exchange
	require.NoError(t, json.Unmarshal([]byte(s), &exchanges))
	byName = map[string]exchange{}
	for _, e := range exchanges {
		byName[e.Name] = e
	}
	require.Len(t, byName, len(exchanges))
	return expected, byName
}

// recordedClient is that of the recordings.
func recordedClient() *OAuth2 {
	o := testClient()
	o.ClientID = "client-public"
	o.API.AccessToken = "token-1"
	return o
}

func TestRecordedOAuth2(t *testing.T) {
	expected, byName := readOAuth2(t)
	seen := map[string]bool{"authorize.logged_in": true} // which TestRecordedAuthorize reads
	for _, names := range expected.LeftOut {
		for _, name := range names {
			seen[name] = true
		}
	}
	for endpoint, byResult := range expected.Results {
		feed, known := oauth2Feeders[endpoint]
		require.True(t, known, endpoint)
		for result, names := range byResult {
			for _, name := range names {
				e, is := byName[name]
				require.True(t, is, "%s: there is no such recording", name)
				assert.False(t, seen[name], "%s is listed twice", name)
				seen[name] = true
				if endpoint != "callback" {
					assert.Equal(t, endpoint, e.Request.Method+" "+strings.TrimPrefix(e.Request.Path, "/api/v3"), name)
				}
				t.Run(name, func(t *testing.T) {
					got, want, failure := feed(t, e)
					if result != "success" {
						require.NotNil(t, failure)
						assert.Equal(t, Code(result), failure.Code)
						assert.Zero(t, got)
						return
					}
					require.Nil(t, failure)
					assert.Equal(t, want, got)
				})
			}
		}
	}
	require.Len(t, seen, 101)
	for name := range byName {
		assert.True(t, seen[name], "%s is not in the table", name)
	}
}

// oauth2Feeders feed an exchange's answer to the operation that asks there, and
// give its value and what encoding/json reads in the body.
var oauth2Feeders = map[string]func(t *testing.T, e exchange) (got, want any, failure *Error){
	"callback":                  feedCallback,
	"POST /oauth2/token":        feedToken,
	"GET /users/me":             feedUser("read"),
	"GET /users/me/oidc":        feedUser("profile"),
	"POST /oauth2/revoke":       feedRevocation,
	"GET /users/me/sessions":    feedOther(OpListSessions),
	"GET /users/me/ex-accounts": feedOther(OpListAccounts),
}

func feedCallback(t *testing.T, e exchange) (got, want any, failure *Error) {
	location := e.header("Location")
	state, err := stateOf(recordedClient(), callbackOf(location))
	require.Nil(t, err)
	assert.Equal(t, testState, state)
	op, err := recordedClient().CompleteLogin(callbackOf(location), Transaction{state, testVerifier})
	parsed, e2 := neturl.Parse(location)
	require.NoError(t, e2)
	if err != nil {
		assert.Equal(t, parsed.Query().Get("error_description"), err.ServerMessage)
		return nil, nil, err
	}
	sent, e2 := neturl.ParseQuery(op.Request.Body)
	require.NoError(t, e2)
	return sent.Get("code"), parsed.Query().Get("code"), nil
}

func feedToken(t *testing.T, e exchange) (got, want any, failure *Error) {
	asked, err := neturl.ParseQuery(e.Request.Body)
	require.NoError(t, err)
	var op *Operation[Token]
	var refusal *Error
	old := ""
	if asked.Get("grant_type") == "refresh_token" {
		if old = asked.Get("refresh_token"); old == "" {
			old = "x"
		}
		op, refusal = recordedClient().Refresh(Token{RefreshToken: old, Scope: "read"})
	} else {
		code, verifier := asked.Get("code"), asked.Get("code_verifier")
		if code == "" {
			code = "x"
		}
		if !isKey(verifier) {
			verifier = testVerifier
		}
		op, refusal = recordedClient().CompleteLogin(callbackOf("?code="+code+"&state="+testState), Transaction{testState, verifier})
	}
	token, requests, failure := run(t, op, refusal, e.response())
	if failure != nil {
		if token == (Token{}) {
			return nil, nil, failure
		}
		return token, nil, failure
	}
	sent, err := neturl.ParseQuery(requests[0].Body)
	require.NoError(t, err)
	if e.Name != "token.password_grant" && e.Name != "refresh.no_client" { // which this client does not send
		assert.Equal(t, asked, sent)
		assert.Equal(t, e.Request.Headers["Content-Type"], requests[0].ContentType())
	}
	body := struct {
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
		ExpiresIn    int    `json:"expires_in"`
		Scope        string `json:"scope"`
	}{Scope: "read", RefreshToken: old}
	require.NoError(t, json.Unmarshal([]byte(e.Response.Body), &body))
	return token, Token(body), nil
}

func feedUser(scope string) func(t *testing.T, e exchange) (got, want any, failure *Error) {
	return func(t *testing.T, e exchange) (got, want any, failure *Error) {
		op, err := recordedClient().GetUser(scope)
		user, requests, failure := run(t, op, err, e.response())
		assert.Equal(t, "https://q.example"+e.Request.Path, requests[0].URL)
		if failure != nil && user == (User{}) {
			return nil, nil, failure
		}
		icon := regexp.MustCompile(`"icon(?:FileId|_file_id)":"([^"]+)"`).FindStringSubmatch(e.Response.Body)
		require.NotNil(t, icon)
		return user, User{ID: recordedUser, Name: "alice", DisplayName: "alice", IconFileID: icon[1]}, failure
	}
}

func feedRevocation(t *testing.T, e exchange) (got, want any, failure *Error) {
	token := "x"
	if asked, err := neturl.ParseQuery(e.Request.Body); err == nil && asked.Has("token") {
		token = asked.Get("token")
	}
	op, err := recordedClient().RevokeToken(token)
	_, _, failure = run(t, op, err, e.response())
	return nil, nil, failure
}

func feedOther(op string) func(t *testing.T, e exchange) (got, want any, failure *Error) {
	return func(t *testing.T, e exchange) (got, want any, failure *Error) {
		_, failure = callerNamed(op).call(t, recordedClient().API, e.response())
		return nil, nil, failure
	}
}

// The address is the one that the server was asked with.
func TestRecordedAuthorize(t *testing.T) {
	_, byName := readOAuth2(t)
	for name, prompt := range map[string]string{"authorize.logged_in": "", "refresh.prompt_none_consented": "none"} {
		recorded, e := neturl.Parse("https://q.example" + byName[name].Request.Path)
		require.NoError(t, e)
		address, err := recordedClient().Authorize(testState, recorded.Query().Get("code_challenge"), prompt)
		require.Nil(t, err)
		got, e := neturl.Parse(address)
		require.NoError(t, e)
		assert.Equal(t, recorded.Query(), got.Query(), name)
		assert.Equal(t, recorded.Path, got.Path)
	}
}
