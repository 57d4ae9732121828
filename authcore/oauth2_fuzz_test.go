package authcore

import (
	"encoding/json"
	neturl "net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	keyPattern   = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)
	codePattern  = regexp.MustCompile(`^[ -~]+$`)
	tokenPattern = regexp.MustCompile(`^[A-Za-z0-9._~+/-]+=*$`)
	scopePattern = regexp.MustCompile(`^[!#-\[\]-~]+( [!#-\[\]-~]+)*$`)
)

// callbackBy gives the parameters of an answer in a URL's query, as [callbackOf] reads it.
func callbackBy(url string) (values map[string][]string) {
	values = map[string][]string{}
	for _, p := range parametersOf(url) {
		if slices.Contains([]string{"code", "state", "error", "error_description", "error_uri", "iss"}, p.name) {
			values[p.name] = append(values[p.name], p.value)
		}
	}
	return values
}

// FuzzCallback leads to any address.
func FuzzCallback(f *testing.F) {
	for _, test := range noAnswers {
		f.Add(test.url)
	}
	for _, test := range answers {
		f.Add(test.url)
	}
	for _, test := range forgeries {
		f.Add(test.url)
	}
	for name := range oauth2Names {
		f.Add(onCallback + "error=" + name + "&error_description=a+b" + andState)
	}
	f.Add(onCallback + "error=invalid_request&error_description=" + testVerifier + andState)
	codes := declaredCodes(f)
	f.Fuzz(func(t *testing.T, url string) {
		values := callbackBy(url)
		first := func(name string) string {
			for _, value := range values[name] {
				if value != "" {
					return value
				}
			}
			return ""
		}
		answer, once := first("code") != "" || first("error") != "", true
		for _, all := range values {
			once = once && len(all) == 1
		}
		issuer := first("iss")
		whole := once && (first("code") == "") != (first("error") == "") && (issuer == "" || issuer == "https://q.example") &&
			(first("error") != "" || codePattern.MatchString(first("code")) && len(first("code")) <= 4096)
		ours := keyPattern.MatchString(first("state"))

		o := testClient()
		state, err := stateOf(o, callbackOf(url))
		switch {
		case !answer:
			require.Nil(t, err)
			assert.Empty(t, state)
			return
		case !whole:
			require.NotNil(t, err)
			assert.Equal(t, CodeInvalidResponse, err.Code)
		case !ours:
			require.NotNil(t, err)
			assert.Equal(t, CodeStateMismatch, err.Code)
		default:
			require.Nil(t, err)
			assert.Equal(t, first("state"), state)
		}
		if err != nil {
			assert.Empty(t, state)
			assert.LessOrEqual(t, len(err.Message), 200)
		}

		for _, transaction := range []Transaction{{}, {testState, testVerifier}, {state, testVerifier}} {
			op, err := o.CompleteLogin(callbackOf(url), transaction)
			if op != nil {
				require.Nil(t, err)
				assert.True(t, whole && ours && transaction.State == first("state"), "accepted in vain")
				sent, e := neturl.ParseQuery(op.Request.Body)
				require.NoError(t, e)
				assert.Equal(t, neturl.Values{
					"grant_type": {"authorization_code"}, "code": {first("code")}, "redirect_uri": {o.RedirectURI}, "client_id": {o.ClientID}, "code_verifier": {testVerifier},
				}, sent)
				continue
			}
			require.NotNil(t, err)
			assert.True(t, codes[err.Code], "%q is no code", err.Code)
			assert.NotEmpty(t, err.Message)
			assert.NotContains(t, err.Message, testVerifier)
			if err.ServerMessage != "" {
				assert.Equal(t, transaction.State, first("state"), "words of a forged answer")
				assert.Equal(t, first("error_description"), err.ServerMessage)
				assert.Regexp(t, codePattern, err.ServerMessage)
			}
			if whole && ours && transaction.State == first("state") {
				code, known := oauth2Names[first("error")]
				if !known {
					code = CodeInvalidResponse
				}
				assert.Equal(t, code, err.Code)
			}
		}
	})
}

// FuzzToken answers the calls that send a form with anything.
func FuzzToken(f *testing.F) {
	for _, body := range []string{
		`{"access_token":"new","token_type":"Bearer","expires_in":31536000,"refresh_token":"r","scope":"read write","id_token":"x"}`,
		`{"access_token":"new","token_type":"bearer"}`, `{"access_token":"n w","token_type":"Bearer"}`, `{"access_token":"new","token_type":"mac"}`,
		`{"access_token":"new","token_type":"Bearer","expires_in":0}`, `{"access_token":"new","token_type":"Bearer","expires_in":1e9}`,
		`{"access_token":"new","token_type":"Bearer","refresh_token":""}`, `{"access_token":"new","token_type":"Bearer","scope":"a  b"}`,
		`{"error":"invalid_grant"}`, `{"error":"invalid_grant","error_description":"` + testCode + `"}`, `{"error":"x","message":"` + testVerifier + `"}`,
		`{"message":"Bad Request"}`, ``, `<html>`,
	} {
		for which := range formCalls {
			for _, status := range []int{200, 400, 401, 403, 429, 500} {
				f.Add(byte(which), status, "basic", true, "id-1", "1", body)
			}
		}
	}
	codes := declaredCodes(f)
	f.Fuzz(func(t *testing.T, which byte, status int, kind string, fromTraQ bool, requestID, retryAfter, body string) {
		r := &Response{Type: kind, Status: status, FromTraQ: fromTraQ, RequestID: requestID, RetryAfter: retryAfter, ContentType: "application/json", Body: body}
		if int(which)%len(formCalls) == 2 {
			x := nextOf(testClient().RevokeToken(testAccess))
			if err := x.answer(r); err == nil {
				assert.True(t, status == 200 && !r.isRedirect() && fromTraQ)
			} else {
				checkOAuth2Error(t, codes, r, err, testAccess)
			}
			return
		}
		grant := grants[int(which)%len(formCalls)]
		op, err := grant.begin()
		require.Nil(t, err)
		done, e := op.Next(r)
		require.True(t, done)
		if e != nil {
			assert.Zero(t, op.Value, "a value beside an error")
			checkOAuth2Error(t, codes, r, e, grant.secret...)
			return
		}
		assert.Equal(t, 200, status)
		assert.Regexp(t, tokenPattern, op.Value.AccessToken)
		assert.LessOrEqual(t, len(op.Value.AccessToken), 4096)
		assert.Regexp(t, scopePattern, op.Value.Scope)
		if op.Value.RefreshToken != "" {
			assert.Regexp(t, tokenPattern, op.Value.RefreshToken)
		}
		assert.GreaterOrEqual(t, op.Value.ExpiresIn, 0)
		assert.LessOrEqual(t, op.Value.ExpiresIn, 999_999_999)
		var read map[string]any
		require.NoError(t, json.Unmarshal([]byte(withoutMark(body)), &read), "no JSON")
	})
}

func checkOAuth2Error(t *testing.T, codes map[Code]bool, r *Response, e *Error, secrets ...string) {
	t.Helper()
	assert.True(t, codes[e.Code], "%q is no code", e.Code)
	assert.NotEmpty(t, e.Message)
	assert.Equal(t, e.Code == CodeRateLimited || e.Code == CodeServerError, e.Retryable, e.Code)
	assert.Equal(t, r.Status, e.Status)
	if e.Code == CodeInvalidGrant {
		var read map[string]any
		require.NoError(t, json.Unmarshal([]byte(withoutMark(r.Body)), &read))
		assert.Equal(t, "invalid_grant", read["error"])
		assert.Contains(t, []int{400, 401}, r.Status)
	}
	for _, text := range []string{e.Message, e.ServerMessage, e.RequestID} {
		for _, secret := range secrets {
			assert.NotContains(t, text, secret)
		}
		assert.LessOrEqual(t, len(text), 2*longestQuote)
		assert.False(t, strings.ContainsFunc(text, unicode.IsControl), "%q", text)
	}
}
