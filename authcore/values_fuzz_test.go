package authcore

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzValues reads any body as each of the values that the API sends, and with
// encoding/json. Bodies that have a member twice are read by jsonReader alone:
// it looks at both, encoding/json at the last.
func FuzzValues(f *testing.F) {
	for _, body := range []string{
		`[]`, `[{"id":"` + sessionID + `","issuedAt":"2026-11-23T09:05:27.410567Z"}]`,
		`[{"issuedAt":"1969-12-31T23:59:59.5+09:00","x":[{}],"id":"01A207AB-7610-7CCA-92E9-2DA640E2838E"},{"id":"` + sessionID + `","issuedAt":"2026-11-23T09:05:27Z"}]`,
		`[{"providerName":"oidc","externalName":"ア\u30ea\ud83d\ude00","linkedAt":"2026-11-23T09:10:09.3Z"}]`,
		`{"flags":{"externalLogin":["traQ","oidc"],"x":0,"signUpAllowed":true},"version":"v3.28.4","revision":"ac297a77"}`,
		`{"version":"v","revision":"r","flags":{"externalLogin":[],"signUpAllowed":false}}`,
		`{"message":"invalid token"}`, userJSON, `{"id":1}`, `[{"id":null}]`, "\ufeff" + userJSON, "\ufeff[]",
	} {
		f.Add(body)
	}
	for _, bodies := range invalidBodies {
		for _, body := range bodies {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		body = wellFormed(body)
		sessions, err := testAPI.ListSessions()
		compareValue(t, sessions, err, body, wantSessions)
		accounts, err := testAPI.ListAccounts()
		compareValue(t, accounts, err, body, wantAccounts)
		compareValue(t, testAPI.GetServerInfo(), nil, body, wantServerInfo)
		compareValue(t, testAPI.ListProviders(), nil, body, wantServerInfo)
		user, err := testAPI.GetUser()
		compareValue(t, user, err, body, wantUser)
		got, wrong := decodeMessage(body)
		compare(t, body, got, wrong, func(v any) string { return v.(map[string]any)["message"].(string) })
	})
}

func compareValue[T any](t *testing.T, op *Operation[T], err *Error, body string, want func(any) T) {
	t.Helper()
	require.Nil(t, err)
	done, err := op.Next(status(200, body))
	require.True(t, done)
	wrong := ""
	if err != nil {
		assert.Zero(t, op.Value, "half a value of %q", body)
		wrong = err.Error()
	}
	compare(t, body, op.Value, wrong, want)
}

// compare holds what was read against what want makes of encoding/json's
// value; want panics where that is not what the API promises.
func compare[T any](t *testing.T, body string, got T, wrong string, want func(any) T) {
	t.Helper()
	body = withoutMark(body)
	if !json.Valid([]byte(body)) {
		assert.NotEmpty(t, wrong, "%q", body)
		return
	}
	if depthOf(body) > maxDepth || hasMemberTwice(json.NewDecoder(strings.NewReader(body))) {
		return
	}
	var value any
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	require.NoError(t, d.Decode(&value))
	promised, ok := attempt(func() T { return want(value) })
	require.Equal(t, ok, wrong == "", "%q is read with %v", body, wrong)
	if ok {
		assert.Equal(t, promised, got, "%q", body)
	}
}

func attempt[T any](f func() T) (value T, ok bool) {
	defer func() { ok = recover() == nil }()
	return f(), true
}

// hasMemberTwice reads the next value of a valid text.
func hasMemberTwice(d *json.Decoder) (twice bool) {
	open, _ := d.Token()
	if _, is := open.(json.Delim); !is {
		return false
	}
	var names []string
	for d.More() {
		if open == json.Delim('{') {
			name, _ := d.Token()
			twice = twice || slices.Contains(names, name.(string))
			names = append(names, name.(string))
		}
		twice = hasMemberTwice(d) || twice
	}
	_, _ = d.Token()
	return twice
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func wantUUID(v any) string {
	if s := v.(string); uuid.MatchString(s) {
		return s
	}
	panic("no UUID")
}

func wantTime(v any) int64 {
	s := v.(string)
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || !rfc3339.MatchString(s) {
		panic("no time")
	}
	return at.UnixMicro()
}

func wantSessions(v any) []Session {
	sessions := []Session{}
	for _, v := range v.([]any) {
		m := v.(map[string]any)
		sessions = append(sessions, Session{wantUUID(m["id"]), wantTime(m["issuedAt"])})
	}
	return sessions
}

func wantAccounts(v any) (accounts []Account) {
	for _, v := range v.([]any) {
		m := v.(map[string]any)
		accounts = append(accounts, Account{m["providerName"].(string), m["externalName"].(string), wantTime(m["linkedAt"])})
	}
	return accounts
}

func wantServerInfo(v any) ServerInfo {
	m := v.(map[string]any)
	flags := m["flags"].(map[string]any)
	var providers []string
	for _, provider := range flags["externalLogin"].([]any) {
		providers = append(providers, provider.(string))
	}
	return ServerInfo{m["version"].(string), m["revision"].(string), providers, flags["signUpAllowed"].(bool)}
}

func wantUser(v any) User {
	m := v.(map[string]any)
	return User{wantUUID(m["id"]), m["name"].(string), m["displayName"].(string), wantUUID(m["iconFileId"])}
}
