package scenarios

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// actJSON does an action whose arguments are written as JavaScript sends them.
func actJSON(t *testing.T, server *authtest.Server, action, args string) error {
	var list []json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(args), &list), args)
	return Act(server, action, list)
}

func call(server *authtest.Server, path string, headers ...string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, request)
	return recorder
}

// TestActTakesWhatCanBe has for each word what it takes, and what it refuses, with
// what it says then.
func TestActTakesWhatCanBe(t *testing.T) {
	const nobody, few, text = "no user carol", "argument", "is no text"
	rows := map[string]struct {
		takes   []string
		refuses [][2]string
	}{
		"answer": {
			[]string{`[]`, `[null]`, `[null, null]`, `[{"status":200}]`, `[{"status":599,"wait":1,"times":1,"fill":1}]`, `[{"break":true}]`, `[{"path":"/x","status":204,"headers":{"A-b":"c"},"body":""}]`, `[{"status":200,"headers":{"X":"a\tb \u3042"}}]`},
			[][2]string{
				{`[{}]`, "status"}, {`[{"status":0}]`, "status"}, {`[{"status":99}]`, "status"}, {`[{"status":101}]`, "status"}, {`[{"status":103}]`, "status"},
				{`[{"status":199}]`, "status"}, {`[{"status":600}]`, "status"}, {`[{"status":-200}]`, "status"}, {`[{"break":true,"status":101}]`, "status"},
				{`[{"status":200.5}]`, "200.5"}, {`[{"status":"200"}]`, "string"}, {`[{"stauts":503}]`, "stauts"}, {`[{"status":503,"header":{}}]`, "header"},
				{`[{"wait":1000}]`, "status"}, {`[{"status":200,"wait":-1}]`, "wait"}, {`[{"status":200,"fill":-1}]`, "fill"}, {`[{"status":200,"times":-1}]`, "times"},
				{`[{"status":200,"path":"users/me"}]`, "path"}, {`[{"status":200,"path":"http://traq.test/api/v3/users/me"}]`, "path"}, {`[{"status":200,"path":"/x?y"}]`, "path"},
				{`[{"status":200,"headers":{"X y":"1"}}]`, "X y"}, {`[{"status":200,"headers":{"":"1"}}]`, "header"}, {`[{"status":200,"headers":{"X":"a\u0000"}}]`, "X"},
				{`[{"status":200,"headers":{"X":"a\u0001"}}]`, "X"}, {`[{"status":200,"headers":{"X":"a\r\nY: b"}}]`, "X"}, {`[{"status":200,"headers":{"X":"\u001f"}}]`, "X"}, {`[{"status":200,"headers":{"X":"\u007f"}}]`, "X"},
				{`[503]`, "number"}, {`["503"]`, "string"}, {`[[]]`, "array"}, {`[{"status":200},{"status":200}]`, few},
			},
		},
		"user": {
			[]string{`[{"name":"carol"}]`, `[{"name":"carol","password":"x","displayName":"C","bot":true}]`, `[{"name":"carol"},null]`},
			[][2]string{{`[]`, few}, {`[null]`, few}, {`[{}]`, "no name"}, {`[{"name":"carol","pasword":"x"}]`, "pasword"}, {`["carol"]`, "string"}, {`[{"name":"carol"},{}]`, few}},
		},
		"suspend":      {[]string{`["alice"]`}, [][2]string{{`["carol"]`, nobody}, {`[]`, few}, {`[null]`, few}, {`["alice","bob"]`, few}, {`[1]`, text}, {`[["alice"]]`, text}, {`[{"name":"alice"}]`, text}}},
		"deactivate":   {[]string{`["alice"]`}, [][2]string{{`["carol"]`, nobody}, {`[]`, few}, {`["alice","bob"]`, few}}},
		"activate":     {[]string{`["suspended"]`}, [][2]string{{`["carol"]`, nobody}, {`[]`, few}, {`["alice","bob"]`, few}}},
		"providers":    {[]string{`[]`, `[null]`, `["oidc","traQ"]`}, [][2]string{{`[["oidc"]]`, text}, {`[null,"oidc"]`, text}, {`[""]`, "empty"}}},
		"link":         {[]string{`["alice","oidc","a"]`}, [][2]string{{`["carol","oidc","a"]`, nobody}, {`["alice","oidc"]`, few}, {`["alice","oidc","a","b"]`, few}, {`["alice",null,"a"]`, text}, {`["alice","oidc",""]`, "empty"}}},
		"session":      {[]string{`["alice","1h"]`}, [][2]string{{`["carol","1h"]`, nobody}, {`["alice"]`, few}, {`["alice",null]`, few}, {`["alice","1 hour"]`, "1 hour"}, {`["alice",3600]`, text}, {`["alice","1h","1h"]`, few}}},
		"end-sessions": {[]string{`["alice"]`}, [][2]string{{`["carol"]`, nobody}, {`[]`, few}, {`["alice","bob"]`, few}}},
		"age":          {[]string{`["alice","1h"]`}, [][2]string{{`["carol","1h"]`, nobody}, {`["alice"]`, few}, {`["alice",""]`, "empty"}, {`["alice","old"]`, "old"}}},
		"limit":        {[]string{`["alice","1h"]`, `["alice","0s"]`}, [][2]string{{`["carol","1h"]`, nobody}, {`["alice"]`, few}, {`["alice","long"]`, "long"}}},
		"clock":        {[]string{`[]`, `[null]`, `["2026-01-02T03:04:05Z"]`, `["2026-01-02T03:04:05.678+09:00"]`}, [][2]string{{`["noon"]`, "noon"}, {`[""]`, "empty"}, {`[0]`, text}, {`["0001-01-01T00:00:00Z"]`, "0001"}, {`["2026-01-02T03:04:05Z","x"]`, few}}},
		"advance":      {[]string{`["1h"]`, `["-1h"]`}, [][2]string{{`[]`, few}, {`["soon"]`, "soon"}, {`[1000]`, text}, {`["1h","1h"]`, few}}},
		"date":         {[]string{`["1h"]`, `["yesterday"]`, `[""]`}, [][2]string{{`[]`, few}, {`[null]`, few}, {`["1h","1h"]`, few}, {`["a\u0000"]`, "Date"}}},
		"token":        {[]string{`["t","alice"]`, `["t","alice","read"]`, `["t","","read"]`}, [][2]string{{`["t","carol","read"]`, nobody}, {`["t"]`, few}, {`["t",null,"read"]`, text}, {`["","alice"]`, "empty"}, {`["t","alice","raed"]`, "raed"}, {`["t","alice",["read"]]`, text}}},
		"client": {
			[]string{`["c","https://app.example/"]`, `["c","https://app.example/","read","openid"]`},
			[][2]string{{`["c"]`, few}, {`["c","/callback"]`, "absolute"}, {`["","https://app.example/"]`, "empty"}, {`["c","https://app.example/","raed"]`, "raed"}, {`["c","https://app.example/",["read"]]`, text}},
		},
		"confidential-client": {
			[]string{`["c","s","https://app.example/"]`, `["c","s","https://app.example/","read"]`},
			[][2]string{{`["c","s"]`, few}, {`["c","https://app.example/","read"]`, "absolute"}, {`["c","","https://app.example/"]`, "empty"}, {`["c","s","https://app.example/","raed"]`, "raed"}},
		},
		"refresh-tokens": {[]string{`["on"]`, `["off"]`}, [][2]string{{`[]`, few}, {`["maybe"]`, "maybe"}, {`[true]`, text}, {`["on","off"]`, few}}},
		"token-life":     {[]string{`["1h"]`}, [][2]string{{`[]`, few}, {`["long"]`, "long"}, {`[3600]`, text}, {`["500ms"]`, "a second at least"}, {`["0s"]`, "a second at least"}, {`["-5s"]`, "a second at least"}}},
		"age-tokens":     {[]string{`["alice","1h"]`}, [][2]string{{`["carol","1h"]`, nobody}, {`["alice"]`, few}, {`["alice","x"]`, "x"}}},
		"revoke-tokens":  {[]string{`["alice"]`}, [][2]string{{`["carol"]`, nobody}, {`[]`, few}, {`["alice","bob"]`, few}}},
		"reset":          {[]string{`[]`, `[null]`}, [][2]string{{`["alice"]`, few}}},
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(words)), slices.Collect(maps.Keys(rows)))
	for word, row := range rows {
		for _, args := range row.takes {
			assert.NoError(t, actJSON(t, authtest.NewUnstartedServer(), word, args), "%s %s", word, args)
		}
		server := authtest.NewUnstartedServer()
		for _, refused := range row.refuses {
			err := actJSON(t, server, word, refused[0])
			if assert.Error(t, err, "%s %s", word, refused[0]) {
				assert.Contains(t, err.Error(), refused[1], "%s %s", word, refused[0])
				assert.True(t, strings.HasPrefix(err.Error(), word+": "), err.Error())
			}
			answer := call(server, "/api/v3/version")
			assert.Equal(t, http.StatusOK, answer.Code, "%s %s has arranged nothing", word, refused[0])
			assert.Contains(t, answer.Body.String(), "v3.28.4")
		}
	}
	for _, none := range []string{"", "unknown", "constructor", "suspend?x=1", "Suspend"} {
		assert.ErrorContains(t, actJSON(t, authtest.NewUnstartedServer(), none, `["alice"]`), "no action "+none)
	}
}

func TestAnswerEnds(t *testing.T) {
	for _, end := range []string{`[]`, `[null]`} {
		server := authtest.NewUnstartedServer()
		require.NoError(t, actJSON(t, server, "answer", `[{"status":503}]`))
		require.Equal(t, http.StatusServiceUnavailable, call(server, "/api/v3/version").Code)
		require.NoError(t, actJSON(t, server, "answer", end))
		assert.Contains(t, call(server, "/api/v3/version").Body.String(), "v3.28.4")
	}
}

// TestDate takes the server's clock, for as many requests as come at once.
func TestDate(t *testing.T) {
	server := authtest.NewUnstartedServer()
	require.NoError(t, actJSON(t, server, "clock", `["2026-01-02T03:04:05Z"]`))
	require.NoError(t, actJSON(t, server, "date", `["1h"]`))
	done := make(chan string)
	for range 8 {
		go func() { done <- call(server, "/api/v3/version").Header().Get("Date") }()
	}
	for range 8 {
		assert.Equal(t, "Fri, 02 Jan 2026 04:04:05 GMT", <-done)
	}
	require.NoError(t, actJSON(t, server, "advance", `["1h"]`))
	assert.Equal(t, "Fri, 02 Jan 2026 05:04:05 GMT", call(server, "/api/v3/version").Header().Get("Date"))
	require.NoError(t, actJSON(t, server, "date", `["yesterday"]`))
	assert.Equal(t, "yesterday", call(server, "/api/v3/version").Header().Get("Date"))
}

// TestReset arranges all that can be, and takes it back.
func TestReset(t *testing.T) {
	server := authtest.NewUnstartedServer()
	cookie := server.OpenSession("alice")
	for _, act := range [][2]string{
		{"user", `[{"name":"carol","password":"x"}]`}, {"suspend", `["alice"]`}, {"providers", `["github"]`}, {"link", `["bob","oidc","b"]`},
		{"limit", `["bob","1h"]`}, {"clock", `["2026-01-02T03:04:05Z"]`}, {"advance", `["1h"]`}, {"token", `["t","bob","read"]`},
		{"client", `["c","https://app.example/"]`}, {"refresh-tokens", `["on"]`}, {"token-life", `["1h"]`}, {"answer", `[{"status":503}]`},
	} {
		require.NoError(t, actJSON(t, server, act[0], act[1]))
	}
	call(server, "/api/v3/version")
	require.Equal(t, 1, server.Requests())
	require.NoError(t, actJSON(t, server, "reset", `[]`))
	assert.Zero(t, server.Requests())
	assert.Zero(t, server.Count(http.MethodGet, "/api/v3/version"))
	assert.WithinDuration(t, time.Now(), server.Time(), time.Minute)
	assert.Error(t, actJSON(t, server, "suspend", `["carol"]`))
	assert.Equal(t, http.StatusOK, call(server, "/api/v3/version").Code)
	assert.Equal(t, http.StatusUnauthorized, call(server, "/api/v3/users/me", "Cookie", "r_session="+cookie).Code)
	assert.Equal(t, http.StatusUnauthorized, call(server, "/api/v3/users/me", "Authorization", "Bearer t").Code)
	for _, name := range []string{"alice", "bob"} {
		assert.Equal(t, http.StatusOK, call(server, "/api/v3/users/me", "Cookie", "r_session="+server.OpenSession(name)).Code)
	}
	links := call(server, "/api/v3/users/me/ex-accounts", "Cookie", "r_session="+server.OpenSession("bob"))
	assert.JSONEq(t, `[]`, links.Body.String())
	assert.Equal(t, http.StatusFound, call(server, "/api/auth/oidc").Code)
	assert.Equal(t, http.StatusNotFound, call(server, "/api/auth/github").Code)
	assert.Panics(t, func() { server.IssueToken("c", "alice") })
}
