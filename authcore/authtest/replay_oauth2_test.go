package authtest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// The replay of the recordings of OAuth2. They have fewer headers than the
// others: those that any of them has are compared in all of them, whether one
// has it or not. Bodies are compared as they are, but for what is said of a
// user, of which the server itself writes the members in any order. A name such
// as <token:1> is bound to this server's value at the first place where it
// appears, and stands for that value alone.

// oauth2NotReplayed are the recordings that are left out, with the reason.
var oauth2NotReplayed = map[string]string{
	"page.ui_login":   "the recorded server had no web UI beside it, whose page this is",
	"page.ui_consent": "the recorded server had no web UI beside it, whose page this is",
}

const verifier = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv-._~"

func TestOAuth2Replay(t *testing.T) {
	replayOAuth2(t, newPlayer(t))
}

func replayOAuth2(t *testing.T, recorder *player) {
	recordings := readRecordings(t, "testdata/oauth2.json", 101)
	p := newOAuth2Player(t, recorder, recordings)
	replay(t, recordings, oauth2NotReplayed, 90,
		func(t *testing.T, recorded *recording) []string {
			p.setUp(t, recorded)
			return p.play(t, *recorded)
		},
		func(*testing.T, *recording) {})
}

type oauth2Player struct {
	server  arranged
	url     string
	client  *http.Client
	cookie  string
	values  map[string]string // by name
	headers map[string]bool   // that are compared
}

func newOAuth2Player(t *testing.T, recorder *player, recordings []recording) *oauth2Player {
	p := &oauth2Player{server: recorder.server, url: recorder.url, client: recorder.client, values: map[string]string{}, headers: map[string]bool{}}
	scopes := []string{"read", "write", "openid", "profile"}
	public := p.server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback", Scopes: scopes})
	confidential := p.server.RegisterClient(authtest.OAuth2Client{RedirectURI: "https://app.example/callback", Scopes: scopes, Confidential: true})
	p.cookie = p.server.OpenSession("alice")
	p.values["<client:public>"], p.values["<client:confidential>"], p.values["<session>"] = public.ID, confidential.ID, p.cookie
	for _, recorded := range recordings {
		for name := range recorded.Response.Headers {
			p.headers[name] = true
		}
	}
	require.True(t, p.headers["Cache-Control"] && p.headers["Access-Control-Allow-Origin"])
	p.headers["Set-Cookie"] = true
	return p
}

var recordedCode = regexp.MustCompile(`\bcode=([0-9A-Za-z]{36})\b|"code": "([0-9A-Za-z]{36})"`)

// setUp does what went before an exchange without being recorded: what made the
// codes and the tokens that have no name.
func (p *oauth2Player) setUp(t *testing.T, recorded *recording) {
	switch recorded.Name {
	case "decide.deny":
		p.authorize(t, p.cookie, nil)
	case "use.me_expired":
		p.server.AgeTokens("alice", 366*24*time.Hour)
	case "refresh.token.right":
		p.server.SetRefreshTokens(true)
		p.server.SetAccessTokenLife(time.Hour)
	case "refresh.use.expired":
		p.server.AgeTokens("alice", 2*time.Hour)
	case "use.scope_profile.me":
		for name, scope := range map[string]string{"<token:scope0>": "write", "<token:scope1>": "profile", "<token:scope2>": "openid"} {
			p.values[name], _ = p.server.IssueToken(p.values["<client:public>"], "alice", scope)
		}
	}
	found := recordedCode.FindStringSubmatch(recorded.Request.Body)
	if found == nil || strings.Contains(found[0], "xxxxx") { // the unknown one
		return
	}
	cookie, changes := p.cookie, url.Values{}
	switch recorded.Name {
	case "token.no_challenge_but_verifier":
		changes = url.Values{"code_challenge": nil, "code_challenge_method": nil}
	case "token.confidential_without_secret":
		changes.Set("client_id", p.values["<client:confidential>"])
	case "token.partial_scope":
		changes.Set("scope", "read manage_bot")
	case "token.openid", "refresh.openid":
		changes.Set("scope", "openid profile")
	case "token.another_user":
		cookie = p.server.OpenSession("bob")
	}
	code := p.code(t, cookie, changes)
	recorded.Request.Body = strings.Replace(recorded.Request.Body, found[1]+found[2], code, 1)
}

// authorize asks for consent, with the recordings' parameters but for changes.
func (p *oauth2Player) authorize(t *testing.T, cookie string, changes url.Values) {
	query := url.Values{
		"response_type": {"code"}, "client_id": {p.values["<client:public>"]}, "redirect_uri": {"https://app.example/callback"}, "scope": {"read"},
		"state": {"st-1"}, "code_challenge": {"rsA-Jy5eD24IXEjYTt84KxKmDHu-Kiv28bVH7JUA400"}, "code_challenge_method": {"S256"},
	}
	for name, values := range changes {
		query[name] = values
	}
	response := p.send(t, http.MethodGet, "/api/v3/oauth2/authorize?"+query.Encode(), cookie, "")
	require.Contains(t, response.Header.Get("Location"), "/consent?")
}

// code has the user agree.
func (p *oauth2Player) code(t *testing.T, cookie string, changes url.Values) string {
	p.authorize(t, cookie, changes)
	response := p.send(t, http.MethodPost, "/api/v3/oauth2/authorize/decide", cookie, "submit=approve")
	location, err := response.Location()
	require.NoError(t, err)
	code := location.Query().Get("code")
	require.Len(t, code, 36)
	return code
}

func (p *oauth2Player) send(t *testing.T, method, path, cookie, body string) *http.Response {
	request, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Cookie", "r_session="+cookie)
	response, err := p.client.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response
}

var valueName = regexp.MustCompile(`<(session|client|code|token|refresh|id_token|user)(:[^>]+)?>`)

// unnamed puts this server's values in the place of their names.
func (p *oauth2Player) unnamed(t *testing.T, text string) string {
	return valueName.ReplaceAllStringFunc(text, func(name string) string {
		value, ok := p.values[name]
		require.True(t, ok, "%s is not bound", name)
		return value
	})
}

// valueForms are what the values that this server makes look like.
var valueForms = map[string]string{
	"code": `[0-9A-Za-z]{36}`, "token": `[0-9A-Za-z]{36}`, "refresh": `[0-9A-Za-z]{36}`,
	"id_token": `[\w-]+\.[\w-]+\.[\w-]+`, "user": `[0-9a-f-]{36}`,
}

// beforeValue is what names a value, in JSON or in a query.
var beforeValue = regexp.MustCompile(`("\w+":"|[?&]\w+=)$`)

// bind takes note of the values where the recording has a name that has none yet.
func (p *oauth2Player) bind(recorded, got string) {
	for _, found := range valueName.FindAllStringSubmatch(recorded, -1) {
		name, form := found[0], valueForms[found[1]]
		before, _, _ := strings.Cut(recorded, name)
		before = beforeValue.FindString(before)
		value := regexp.MustCompile(regexp.QuoteMeta(before) + "(" + form + `)(?:["&]|$)`).FindStringSubmatch(got)
		if _, bound := p.values[name]; !bound && value != nil {
			p.values[name] = value[1]
		}
	}
}

func (p *oauth2Player) play(t *testing.T, recorded recording) (differences []string) {
	response, got := recorded.send(t, p.client, p.url+p.unnamed(t, recorded.Request.Path), p.unnamed(t, recorded.Request.Body), p.unnamed)

	differ := func(what string, want, got any) {
		if !assert.ObjectsAreEqual(want, got) {
			text, _ := json.Marshal([]any{want, got})
			differences = append(differences, what+", recorded and got: "+string(text))
		}
	}
	differ("status", recorded.Response.Status, response.StatusCode)
	headers := recorded.headers()
	for name := range p.headers {
		want := headers[name]
		for i := range min(len(want), len(response.Header[name])) {
			p.bind(want[i], response.Header[name][i])
			want[i] = p.unnamed(t, want[i])
		}
		differ(name, want, response.Header[name])
	}
	p.bind(recorded.Response.Body, string(got))
	if slices.Contains([]string{"/api/v3/users/me", "/api/v3/users/me/oidc"}, recorded.Request.Path) && recorded.Response.Status == http.StatusOK {
		differ("body", userForm(t, p.unnamed(t, recorded.Response.Body)), userForm(t, string(got)))
	} else {
		differ("body", p.unnamed(t, recorded.Response.Body), string(got))
	}
	return differences
}

// userForm is what is said of a user, without what no two servers agree on.
func userForm(t *testing.T, text string) map[string]any {
	var user map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &user))
	objects := []map[string]any{user}
	if more, is := user["traq"].(map[string]any); is {
		objects = append(objects, more)
	}
	for _, object := range objects {
		for name, value := range object {
			switch name {
			case "permissions": // what the account may do in a chat
				_, is := value.([]any)
				object[name] = is
			case "iconFileId", "icon_file_id", "updatedAt":
				object[name] = form(value.(string), "")
			case "updated_at":
				_, is := value.(float64)
				object[name] = is
			}
		}
	}
	return user
}
