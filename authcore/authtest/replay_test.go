package authtest_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// The replay plays recordings of a real server against this one, in their
// order. Compared are the status, the body, and every header but these:
// Content-Length and Date (net/http's own); X-Request-Id by its form;
// X-Ratelimit-Remaining by its form, since the recordings share a bucket with
// requests that were not recorded. In bodies and headers, session values,
// states, codes, ids and times are compared by their form; in a recording they
// stand as <session:N> and the like, and are bound to this server's at the
// first place where they appear.
//
// What went before an exchange and was not recorded is set up by name, in
// replay_setup_test.go. Nothing is answered from the recordings.

type recording struct {
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
	Note string
}

// notReplayed are the recordings that are left out, with the reason.
var notReplayed = map[string]string{
	"traq_provider.auth.address": "where a traQ is as a provider, and the client id there, are settings that this server does not have",
}

func TestReplay(t *testing.T) {
	replayExchanges(t, newPlayer(t))
}

func replayExchanges(t *testing.T, p *player) {
	replay(t, readRecordings(t, "testdata/exchanges.json", 305), notReplayed, 260,
		func(t *testing.T, recorded *recording) []string {
			p.setUp(t, recorded.Name)
			return p.play(t, *recorded)
		},
		func(t *testing.T, recorded *recording) { p.afterwards(t, *recorded) })
}

func readRecordings(t *testing.T, file string, count int) (recordings []recording) {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &recordings))
	require.Len(t, recordings, count)
	return recordings
}

// replay plays recordings in their order, of which at least so many must be
// answered without a difference. Those that are left out must have one.
func replay(t *testing.T, recordings []recording, leftOut map[string]string, atLeast int,
	play func(*testing.T, *recording) (differences []string), afterwards func(*testing.T, *recording)) {
	replayed := 0
	names := map[string]bool{}
	for _, recorded := range recordings {
		names[recorded.Name] = true
		t.Run(recorded.Name, func(t *testing.T) {
			differences := play(t, &recorded)
			if reason, out := leftOut[recorded.Name]; out {
				assert.NotEmpty(t, differences, "it is listed as not replayed (%s), but it is answered as recorded", reason)
				return
			}
			replayed++
			assert.Empty(t, differences, recorded.Note)
			afterwards(t, &recorded)
		})
	}
	for name := range leftOut {
		assert.True(t, names[name], "%s is listed as not replayed, but there is no such recording", name)
	}
	t.Logf("%d of %d exchanges replayed", replayed, len(recordings))
	assert.GreaterOrEqual(t, replayed, atLeast)
}

// headers are those of the recorded response.
func (r *recording) headers() http.Header {
	headers := http.Header{}
	for name, values := range r.Response.Headers {
		switch values := values.(type) {
		case string:
			headers.Set(name, values)
		case []any:
			for _, value := range values {
				headers.Add(name, value.(string))
			}
		}
	}
	return headers
}

// send sends the recorded request to an address, with another body and with what
// stands for the values in its headers.
func (r *recording) send(t *testing.T, client *http.Client, address, body string, bound func(*testing.T, string) string) (*http.Response, []byte) {
	request, err := http.NewRequest(r.Request.Method, address, strings.NewReader(body))
	require.NoError(t, err)
	request.Host = "127.0.0.1:3000" // the recordings'
	for name, value := range r.Request.Headers {
		request.Header.Set(name, bound(t, value))
	}
	response, err := client.Do(request)
	require.NoError(t, err)
	got, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response, got
}

// arranged is a server in which something can be arranged: authtest's, or one far
// away (replay_remote_test.go).
type arranged interface {
	AddUser(authtest.User)
	SetState(name string, state authtest.State)
	OpenSession(name string) (cookie string)
	AgeSession(cookie string, by time.Duration)
	SetProviders(names ...string)
	Link(name, provider, externalName string)
	AddToken(value string, token authtest.Token)
	RegisterClient(authtest.OAuth2Client) authtest.OAuth2Client
	SetRefreshTokens(issued bool)
	SetAccessTokenLife(life time.Duration)
	IssueToken(clientID, name string, scopes ...string) (access, refresh string)
	AgeTokens(name string, by time.Duration)
}

// player plays recordings against a server.
type player struct {
	server arranged
	url    string // the server's
	// provider is where its external provider is, below which the recordings have theirs.
	provider string
	client   *http.Client
	now      time.Time
	values   map[string]string // of "<session:1>" and the like, and of recorded ids
}

func newPlayer(t *testing.T) *player {
	p := newBarePlayer()
	server := authtest.NewUnstartedServer()
	server.Now = func() time.Time { return p.now }
	server.ProviderURL = p.provider
	server.Start()
	t.Cleanup(server.Close)
	p.server, p.url = server, server.URL
	return p
}

const recordedProvider = "http://127.0.0.1:3910"

// newBarePlayer has no server yet.
func newBarePlayer() *player {
	return &player{
		provider: recordedProvider,
		now:      time.Date(2026, 11, 23, 9, 10, 2, 123456000, time.UTC),
		values:   map[string]string{},
		client: &http.Client{
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport:     &http.Transport{DisableCompression: true},
		},
	}
}

var placeholder = regexp.MustCompile(`<(session|state|code|token):[^>]+>`)

// bound puts this server's values in the place of the recording's.
func (p *player) bound(t *testing.T, text string) string {
	for recorded, id := range p.values {
		if !strings.HasPrefix(recorded, "<") {
			text = strings.ReplaceAll(text, recorded, id)
		}
	}
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		value, ok := p.values[name]
		require.True(t, ok, "%s is not bound", name)
		return value
	})
}

func (p *player) play(t *testing.T, recorded recording) (differences []string) {
	p.now = p.now.Add(time.Millisecond)
	path := recorded.Request.Path
	if query, provider := strings.CutPrefix(path, recordedProvider+"/authorize?"); provider {
		path = "/_provider/authorize?" + query + p.providerAnswer(recorded.Name)
	}
	body := recorded.Request.Body
	if text, size, cut := cutOff(body); cut {
		body = fill(text, size)
	}
	address := p.url + strings.ReplaceAll(p.bound(t, path), " ", "%20")
	response, got := recorded.send(t, p.client, address, p.bound(t, body), p.bound)
	if response.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(got))
		require.NoError(t, err)
		got, err = io.ReadAll(z)
		require.NoError(t, err)
	}
	return p.compare(recorded, response, string(got))
}

// cutOff tells whether a recorded body was shortened, and from what size.
func cutOff(body string) (text string, size int, cut bool) {
	at := strings.LastIndex(body, "...(")
	if at < 0 {
		return body, 0, false
	}
	size, err := strconv.Atoi(strings.TrimSuffix(body[at+4:], " bytes)"))
	return body[:at], size, err == nil
}

// fill makes a body of that size again: an object whose last string was cut off.
func fill(text string, size int) string {
	end := `"}`
	if strings.HasPrefix(text, `{"name":"aaa`) {
		end = `","password":"password1234"}`[:min(size, 28)]
	}
	return text + strings.Repeat("a", max(0, size-len(text)-len(end))) + end
}

func (p *player) compare(recorded recording, response *http.Response, body string) (differences []string) {
	differ := func(what, want, got string) {
		if want != got {
			differences = append(differences, what+": recorded "+want+", got "+got)
		}
	}
	differ("status", strconv.Itoa(recorded.Response.Status), strconv.Itoa(response.StatusCode))

	want := recorded.headers()
	for _, name := range []string{"Content-Length", "Date"} {
		want.Del(name)
		response.Header.Del(name)
	}
	for name := range response.Header {
		// Of a few, the recordings have no headers but the Location.
		if _, is := want[name]; !is && want.Get("X-Request-Id") != "" {
			want[name] = nil
		}
	}
	for name, values := range want {
		got := response.Header[name]
		for i, value := range values {
			values[i] = strings.Replace(value, recordedProvider, p.provider, 1)
		}
		p.bind(values, got)
		differ(name, form(strings.Join(values, "\n"), name), form(strings.Join(got, "\n"), name))
	}

	p.bindIDs(recorded.Response.Body, body)
	if response.Header.Get("Content-Encoding") == "gzip" {
		var list []any
		differ("body that is compressed", "a list", map[bool]string{true: "a list", false: body}[json.Unmarshal([]byte(body), &list) == nil])
	} else {
		differ("body", bodyForm(recorded.Response.Body), bodyForm(body))
	}
	return differences
}

// bind takes note of what this server gave where the recording has a name.
func (p *player) bind(recorded, got []string) {
	for i := 0; i < len(recorded) && i < len(got); i++ {
		pattern := regexp.QuoteMeta(recorded[i])
		names := placeholder.FindAllString(recorded[i], -1)
		for _, name := range names {
			pattern = strings.Replace(pattern, regexp.QuoteMeta(name), "([0-9A-Za-z]+)", 1)
		}
		pattern = regexp.MustCompile(`Expires=[^;]+`).ReplaceAllString(pattern, "Expires=[^;]+")
		if found := regexp.MustCompile("^" + pattern + "$").FindStringSubmatch(got[i]); found != nil {
			for j, name := range names {
				p.values[name] = found[j+1]
			}
		}
	}
}

// bindIDs pairs the sessions of two lists by their age.
func (p *player) bindIDs(recorded, got string) {
	type item struct{ ID, IssuedAt string }
	var old, new []item
	if json.Unmarshal([]byte(recorded), &old) != nil || json.Unmarshal([]byte(got), &new) != nil || len(old) != len(new) {
		return
	}
	byAge := func(a, b item) int { return strings.Compare(a.IssuedAt, b.IssuedAt) }
	slices.SortFunc(old, byAge)
	slices.SortFunc(new, byAge)
	for i := range old {
		if old[i].ID == "" {
			return
		}
		p.bindID(old[i].ID, new[i].ID)
	}
}

// bindID binds an id in every spelling that the recordings use.
func (p *player) bindID(recorded, id string) {
	p.values[recorded] = id
	p.values[strings.ToUpper(recorded)] = strings.ToUpper(id)
	p.values[strings.ReplaceAll(recorded, "-", "")] = strings.ReplaceAll(id, "-", "")
}

var forms = []struct {
	pattern *regexp.Regexp
	form    string
}{
	{placeholder, "<$1>"},
	{regexp.MustCompile(`r_session=[0-9A-Za-z]{50};`), "r_session=<session>;"},
	{regexp.MustCompile(`(traq_ext_auth_cookie|state)=[0-9A-Za-z]{32}`), "$1=<state>"},
	{regexp.MustCompile(`code=[0-9A-Za-z]{32}`), "code=<code>"},
	{regexp.MustCompile(`Expires=[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT`), "Expires=<date>"},
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`), "<uuid>"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z`), "<time>"},
}

// form puts the form of a value in its place.
func form(text, header string) string {
	switch {
	case header == "X-Request-Id" && regexp.MustCompile(`^[0-9A-Za-z]{32}$`).MatchString(text):
		return "<id>"
	case header == "X-Ratelimit-Remaining" && regexp.MustCompile(`^\d+$`).MatchString(text):
		return "<n>"
	}
	for _, f := range forms {
		text = f.pattern.ReplaceAllString(text, f.form)
	}
	return text
}

// bodyForm is the form of a body. Objects keep their text, but for those of
// which the server itself writes the members in any order.
func bodyForm(body string) string {
	body = form(body, "")
	var object map[string]any
	if json.Unmarshal([]byte(body), &object) != nil || object["message"] != nil {
		return body
	}
	if object["permissions"] != nil {
		object["permissions"] = "<list>" // what the account may do in a chat
	}
	if flags, ok := object["flags"].(map[string]any); ok {
		providers, _ := flags["externalLogin"].([]any)
		slices.SortFunc(providers, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	}
	indented := strings.Contains(body, "\n  ")
	text, err := json.Marshal(object)
	if err != nil {
		panic(err)
	}
	return string(text) + map[bool]string{true: " indented"}[indented]
}
