package authcore

import (
	neturl "net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	onCallback = "https://app.example/callback?"
	andState   = "&state=" + testState
)

type parameter struct{ name, value string }

// parametersOf reads an address's query as a URL parser does, to which what is no
// escape stands for itself (https://url.spec.whatwg.org/#urlencoded-parsing).
func parametersOf(url string) (parameters []parameter) {
	decode := func(s string) string {
		s = escape.ReplaceAllStringFunc(strings.ReplaceAll(s, "+", " "), func(escaped string) string {
			text, err := neturl.PathUnescape(escaped)
			if err != nil {
				panic(err)
			}
			return text
		})
		return strings.ToValidUTF8(s, "\ufffd")
	}
	url, _, _ = strings.Cut(url, "#")
	_, query, _ := strings.Cut(url, "?")
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		parameters = append(parameters, parameter{decode(name), decode(value)})
	}
	return parameters
}

func callbackOf(url string) *Callback {
	var c Callback
	for _, p := range parametersOf(url) {
		c.Add(p.name, p.value)
	}
	return &c
}

var escape = regexp.MustCompile("%[0-9A-Fa-f]{2}")

// noAnswers are addresses that a page has without an answer of the server's.
var noAnswers = []struct{ why, url string }{
	{"no query", "https://app.example/callback"},
	{"an empty one", onCallback},
	{"of the page's own", onCallback + "q=100%&page=2&page=3"},
	{"a state of the page's own", onCallback + "state=a&state=%zz"},
	{"an issuer alone", onCallback + "iss=https%3A%2F%2Fevil.example"},
	{"a description alone", onCallback + "error_description=x&error_uri=y"},
	{"no value counts as left out (RFC 6749, section 3.1)", onCallback + "code=&error" + andState},
	{"a fragment, where the implicit grant answers", "https://app.example/callback#code=c" + andState},
	{"a query within a fragment", "https://app.example/#/callback?code=c" + andState},
	{"names have case", onCallback + "Code=c&ERROR=access_denied" + andState},
	{"a longer name", onCallback + "barcode=c&code[]=c&codes=c" + andState},
	{"a malformed name", onCallback + "c%6ode=c&%=x&%6=y" + andState},
}

// stateOf is the state in the answer that a callback has; "" where it has none.
func stateOf(o *OAuth2, c *Callback) (state string, err *Error) {
	answer, err := o.readCallback(c)
	return answer[callbackState], err
}

func TestCallbackWithoutAnswer(t *testing.T) {
	for _, test := range noAnswers {
		state, err := stateOf(testClient(), callbackOf(test.url))
		assert.Nil(t, err, test.why)
		assert.Empty(t, state, test.why)
		_, err = testClient().CompleteLogin(callbackOf(test.url), Transaction{testState, testVerifier})
		require.NotNil(t, err, test.why)
		assert.Equal(t, CodeStateMismatch, err.Code, test.why)
	}
}

// answers are addresses with a code.
var answers = []struct{ why, url, code string }{
	{"as traQ answers", onCallback + "code=c0de" + andState, "c0de"},
	{"the other way round", onCallback + "state=" + testState + "&code=c0de", "c0de"},
	{"a query of the redirect URI's own", onCallback + "x=1&y=%zz&&=&x=1&code=c0de" + andState, "c0de"},
	{"a fragment behind, as some servers leave one", onCallback + "code=c0de" + andState + "#_=_", "c0de"},
	{"this server's issuer (RFC 9207)", onCallback + "code=c0de&iss=https%3A%2F%2Fq.example" + andState, "c0de"},
	{"an issuer without a value", onCallback + "code=c0de&iss=" + andState, "c0de"},
	{"an error without a value", onCallback + "error=&code=c0de" + andState, "c0de"},
	{"escapes, in small digits too", onCallback + "code=%2f%2B+%7E%26%3D" + andState, "/+ ~&="},
	{"an escaped name", onCallback + "c%6Fde=c0de" + andState, "c0de"},
	{"what is no escape stands for itself, as in a URL parser", onCallback + "code=%zz%2" + andState, "%zz%2"},
	{"an equals sign within", onCallback + "code=a=b==" + andState, "a=b=="},
	{"all that VSCHAR has (A.11)", onCallback + `code=%20!"$'()*,-./09:;<>?@AZ[\]^_` + "`az{|}~" + andState, ` !"$'()*,-./09:;<>?@AZ[\]^_` + "`az{|}~"},
	{"the longest", onCallback + "code=" + strings.Repeat("c", 4096) + andState, strings.Repeat("c", 4096)},
	{"the query alone", "?code=c0de" + andState, "c0de"},
}

func TestCallback(t *testing.T) {
	for _, test := range answers {
		state, err := stateOf(testClient(), callbackOf(test.url))
		require.Nil(t, err, test.why)
		assert.Equal(t, testState, state, test.why)
		op, err := testClient().CompleteLogin(callbackOf(test.url), Transaction{state, testVerifier})
		require.Nil(t, err, test.why)
		assert.Equal(t, "grant_type=authorization_code&code="+percentEncode(test.code)+
			"&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&client_id=client-1&code_verifier="+testVerifier, op.Request.Body, test.why)
	}
}

// forgeries are addresses that a page must have nothing to do with, whoever led
// there.
var forgeries = []struct {
	why, url string
	code     Code
	said     string
}{
	{"two codes (RFC 6749, section 3.1)", onCallback + "code=a&code=b" + andState, CodeInvalidResponse, "code is there twice"},
	{"the same code twice", onCallback + "code=a&code=a" + andState, CodeInvalidResponse, "code is there twice"},
	{"a second code without a value", onCallback + "code=a&code=" + andState, CodeInvalidResponse, "code is there twice"},
	{"a second code by an escape", onCallback + "code=a&%63ode=b" + andState, CodeInvalidResponse, "code is there twice"},
	{"two states", onCallback + "code=a" + andState + andState, CodeInvalidResponse, "state is there twice"},
	{"two errors", onCallback + "error=access_denied&error=login_required" + andState, CodeInvalidResponse, "error is there twice"},
	{"two descriptions", onCallback + "error=access_denied&error_description=a&error_description=b" + andState, CodeInvalidResponse, "error_description is there twice"},
	{"two addresses of an error", onCallback + "error=access_denied&error_uri=a&error_uri=b" + andState, CodeInvalidResponse, "error_uri is there twice"},
	{"two issuers", onCallback + "code=a&iss=https://q.example&iss=https://q.example" + andState, CodeInvalidResponse, "iss is there twice"},
	{"a code and an error", onCallback + "code=a&error=access_denied" + andState, CodeInvalidResponse, "both a code and an error"},
	{"another server's code (RFC 9207)", onCallback + "code=a&iss=https://evil.example" + andState, CodeInvalidResponse, "iss is another server"},
	{"another server's error", onCallback + "error=access_denied&iss=https://evil.example" + andState, CodeInvalidResponse, "iss is another server"},
	{"an issuer is compared as it is", onCallback + "code=a&iss=https://q.example/" + andState, CodeInvalidResponse, "iss is another server"},
	{"no escape in a state", onCallback + "code=a&state=%" + strings.Repeat("a", 43), CodeStateMismatch, "not to the login"},
	{"a control character in a code", onCallback + "code=a%0A" + andState, CodeInvalidResponse, "code has characters"},
	{"another letter in a code", onCallback + "code=%E3%81%82" + andState, CodeInvalidResponse, "code has characters"},
	{"a code of any length", onCallback + "code=" + strings.Repeat("c", 4097) + andState, CodeInvalidResponse, "or over 4096"},
	{"no state", onCallback + "code=a", CodeStateMismatch, "not to the login that was started here"},
	{"a state without a value", onCallback + "code=a&state=", CodeStateMismatch, "not to the login"},
	{"a state that is too short to be one of ours", onCallback + "code=a&state=abc", CodeStateMismatch, "not to the login"},
	{"a state of any length", onCallback + "code=a&state=" + strings.Repeat("a", 129), CodeStateMismatch, "not to the login"},
	{"a state of another alphabet", onCallback + "code=a&state=" + strings.Repeat("%2B", 43), CodeStateMismatch, "not to the login"},
	{"an error without a state", onCallback + "error=access_denied", CodeStateMismatch, "not to the login"},
}

func TestCallbackForged(t *testing.T) {
	for _, test := range forgeries {
		state, err := stateOf(testClient(), callbackOf(test.url))
		assert.Empty(t, state, test.why)
		require.NotNil(t, err, test.why)
		_, again := testClient().CompleteLogin(callbackOf(test.url), Transaction{testState, testVerifier})
		assert.Equal(t, err, again, test.why)
		assert.Equal(t, Error{Op: OpCompleteLogin, Code: test.code, Message: err.Message}, *err, test.why)
		assert.Contains(t, err.Message, test.said, test.why)
		assert.LessOrEqual(t, len(err.Message), 200, test.why)
	}
}

// Whose an answer is counts before what it says: a forged one says nothing.
func TestCallbackOfAnotherLogin(t *testing.T) {
	for _, answer := range []string{"code=c0de", "error=access_denied&error_description=call+0123"} {
		for _, test := range []struct {
			why  string
			t    Transaction
			code Code
		}{
			{"nothing was started", Transaction{}, CodeLoginNotStarted},
			{"another was started", Transaction{strings.Repeat("b", 43), testVerifier}, CodeStateMismatch},
			{"states have case", Transaction{strings.ToUpper(testState), testVerifier}, CodeStateMismatch},
		} {
			op, err := testClient().CompleteLogin(callbackOf(onCallback+answer+andState), test.t)
			assert.Nil(t, op, test.why)
			require.NotNil(t, err, test.why)
			assert.Equal(t, Error{Op: OpCompleteLogin, Code: test.code, Message: err.Message}, *err, test.why)
			assert.Contains(t, err.Message, "log in again", test.why)
			assert.NotContains(t, err.Message, "0123", test.why)
		}
	}
}

// oauth2Names are OAuth2's errors by the code that they stand for.
var oauth2Names = map[string]Code{
	// RFC 6749, section 4.1.2.1
	"invalid_request": CodeInvalidRequest, "unauthorized_client": CodeInvalidClient, "access_denied": CodeAccessDenied,
	"unsupported_response_type": CodeInvalidRequest, "invalid_scope": CodeInvalidScope, "server_error": CodeServerError,
	"temporarily_unavailable": CodeServerError,
	// and section 5.2
	"invalid_client": CodeInvalidClient, "invalid_grant": CodeInvalidGrant, "unsupported_grant_type": CodeInvalidRequest,
	// RFC 7009, section 2.2.1
	"unsupported_token_type": CodeInvalidRequest,
	// OpenID Connect Core, section 3.1.2.6: without a word to the person it does not go
	"login_required": CodeLoginRequired, "account_selection_required": CodeLoginRequired,
	"consent_required": CodeConsentRequired, "interaction_required": CodeConsentRequired,
}

func TestCallbackErrors(t *testing.T) {
	for name, code := range oauth2Names {
		_, err := testClient().CompleteLogin(callbackOf(onCallback+"error="+name+andState), Transaction{testState, testVerifier})
		require.NotNil(t, err, name)
		assert.Equal(t, Error{
			Op: OpCompleteLogin, Code: code, Message: "the server refused it: " + name, Retryable: code == CodeServerError,
		}, *err, name)
	}
	for _, name := range []string{"nonsense", "ACCESS_DENIED", "access_denied+", "%3Cscript%3E", "access_denied%00", strings.Repeat("x", 1<<16)} {
		_, err := testClient().CompleteLogin(callbackOf(onCallback+"error="+name+andState), Transaction{testState, testVerifier})
		require.NotNil(t, err)
		assert.Equal(t, Error{
			Op: OpCompleteLogin, Code: CodeInvalidResponse, Message: "the address has no answer of traQ's: error is unknown",
		}, *err, "%.20q", name)
	}
}

func TestCallbackDescription(t *testing.T) {
	for _, test := range []struct{ why, sent, said string }{
		{"as traQ describes", "prompt+login+is+not+supported", "prompt login is not supported"},
		{"the longest", strings.Repeat("x", 1024), strings.Repeat("x", 1024)},
		{"longer than an error is", strings.Repeat("x", 1025), ""},
		{"a line's end in a log", "a%0Ab", ""},
		{"a terminal's command", "%1B%5B31m", ""},
		{"half an escape of other letters", "%e3%8", ""},
		{"other letters (RFC 6749, A.8)", "%E3%81%82", ""},
		{"no UTF-8", "%FF", ""},
		{"the verifier", "no+" + testVerifier, ""},
		{"the verifier, escaped once more", "no+" + strings.ReplaceAll(percentEncodeAll(testVerifier), "%", "%25"), ""},
	} {
		_, err := testClient().CompleteLogin(callbackOf(onCallback+"error=invalid_request&error_uri=https://evil.example&error_description="+test.sent+andState), Transaction{testState, testVerifier})
		require.NotNil(t, err, test.why)
		assert.Equal(t, CodeInvalidRequest, err.Code, test.why)
		assert.Equal(t, test.said, err.ServerMessage, test.why)
		if test.said == "" {
			test.said = "the server refused it: invalid_request"
		}
		assert.Equal(t, test.said, err.Message, test.why)
	}
}
