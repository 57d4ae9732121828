package authhttp_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// redirectGroup is a group of authcore/testdata/redirects.json, which says
// itself what its members mean.
type redirectGroup struct {
	About       string
	Accepted    map[string]*string
	Refused     []string
	AuthHTTP    json.RawMessage
	Expressions bool
}

// redirectRow is a value, and the address that it is to authhttp; "refused"
// where it is none, "" for nowhere.
type redirectRow struct{ value, to string }

const refused = "refused"

// redirectOrigins are the origins of the table, each a server.
type redirectOrigins struct {
	traq  *authtest.Server
	names map[string]string
}

// startRedirectOrigins starts servers that tell where a navigation has landed:
// the API's, where all but its calls is a landing too, and two others.
func startRedirectOrigins(t *testing.T) *redirectOrigins {
	o := &redirectOrigins{authtest.NewUnstartedServer(), map[string]string{"long": strings.Repeat("x", 8000)}}
	land := func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "http://"+r.Host) }
	for name, host := range map[string]string{"api": "127.0.0.1", "app": "localhost", "evil": "127.0.0.1"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			call := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
			switch {
			case r.Method == http.MethodPost && (call == "login" || call == "logout"), strings.HasSuffix(r.URL.Path, "/users/me"), call == "version":
				r.URL.Path = "/api/v3/" + strings.TrimPrefix(call, "me")
				if call == "me" {
					r.URL.Path = "/api/v3/users/me"
				}
				o.traq.ServeHTTP(w, r)
			default:
				land(w, r)
			}
		}))
		t.Cleanup(server.Close)
		u, err := url.Parse(server.URL)
		require.NoError(t, err)
		o.names[name] = "http://" + host + ":" + u.Port()
		o.names[name+"Host"] = host + ":" + u.Port()
		o.names[name+"Port"] = u.Port()
	}
	return o
}

var redirectName = regexp.MustCompile(`\{\w+\}`)

func (o *redirectOrigins) fill(text, self string) string {
	return redirectName.ReplaceAllStringFunc(text, func(name string) string {
		switch name = name[1 : len(name)-1]; name {
		case "self":
			return self
		case "here":
			return self[:strings.LastIndexByte(self, '/')]
		default:
			return o.names[name]
		}
	})
}

// rows gives a part of the table, in which addresses are resolved against one.
func (o *redirectOrigins) rows(t *testing.T, part, self string) (rows []redirectRow) {
	text, err := os.ReadFile("../testdata/redirects.json")
	require.NoError(t, err)
	var parts map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &parts))
	var groups []redirectGroup
	require.NoError(t, json.Unmarshal(parts[part], &groups))
	for _, g := range groups {
		if g.Expressions {
			continue
		}
		var own map[string]string
		refuses := string(g.AuthHTTP) == `"refuses"`
		if g.AuthHTTP != nil && !refuses {
			require.NoError(t, json.Unmarshal(g.AuthHTTP, &own), g.About)
		}
		for _, value := range slices.Sorted(maps.Keys(g.Accepted)) {
			to := ""
			if other, is := own[value]; is {
				to = other
			} else if g.Accepted[value] != nil {
				to = *g.Accepted[value]
			}
			if refuses {
				to = refused
			}
			rows = append(rows, redirectRow{o.fill(value, self), o.fill(to, self)})
		}
		for _, value := range g.Refused {
			rows = append(rows, redirectRow{o.fill(value, self), refused})
		}
	}
	return rows
}

// follow sends a request that redirects, and gives the address at which
// net/http then arrives, and what the server there takes for its origin.
func follow(t *testing.T, address string) (at *url.URL, origin string) {
	answer, err := http.Post(address, "application/x-www-form-urlencoded", nil) //nolint:bodyclose // it is
	require.NoError(t, err, address)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.Request.URL, string(body)
}

// What is accepted is gone to, as net/http reads the answer's Location and as a
// browser's parser does.
func TestRedirectTable(t *testing.T) {
	o := startRedirectOrigins(t)
	api, app := o.names["api"], o.names["app"]
	var sent []string
	client, err := authhttp.New(api+"/api/v3", &authhttp.Options{
		AllowedRedirectOrigins: []string{app},
		HTTPClient: &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			sent = append(sent, r.URL.String())
			return http.DefaultTransport.RoundTrip(r)
		})},
	})
	require.NoError(t, err)
	calls := map[string]func(string) (string, error){
		"login":  func(to string) (string, error) { return client.LoginRedirect(t.Context(), "alice", "password1234", to) },
		"logout": func(to string) (string, error) { return client.LogoutRedirect(t.Context(), false, to) },
	}
	for call, redirect := range calls {
		self := api + "/api/v3/" + call
		rows := o.rows(t, "targets", self)
		require.Greater(t, len(rows), 150)
		for _, row := range rows {
			require.NoError(t, client.Logout(t.Context()))
			sent = nil
			to, err := redirect(row.value)
			if row.to == refused {
				if assert.Error(t, err, "%s %.200q leads to %.200q", call, row.value, to) {
					assert.Equal(t, authcore.CodeUnsafeRedirect, coreError(t, err).Code, "%s %q", call, row.value)
				}
				assert.Empty(t, sent, "%s %q", call, row.value)
				continue
			}
			if !assert.NoError(t, err, "%s %.200q", call, row.value) {
				continue
			}
			assert.Equal(t, row.to, to, "%s %q", call, row.value)
			if to == "" {
				continue
			}
			// A form cannot log in; what a logout redirects to is the same.
			at, origin := follow(t, strings.Replace(sent[0], self, api+"/api/v3/logout", 1))
			assert.Contains(t, []string{api, app}, origin, "%s %q", call, row.value)
			assert.True(t, strings.HasPrefix(to, origin+"/"), "%s %q leads to %s", call, row.value, origin)
			assert.Equal(t, origin, at.Scheme+"://"+at.Host)
			parsed, err := url.Parse(sent[0])
			require.NoError(t, err)
			browsers, err := whatwg.ParseRef(sent[0], parsed.Query().Get("redirect"))
			require.NoError(t, err, "%q", row.value)
			assert.Equal(t, origin, browsers.Protocol()+"//"+browsers.Host(), "%s %q, to a browser", call, row.value)
		}
	}
}

// An address of the API's or of the providers' is one that is whole.
func TestAddressTable(t *testing.T) {
	o := startRedirectOrigins(t)
	api := o.names["api"]
	for _, part := range []string{"baseURL", "authURL"} {
		for _, row := range o.rows(t, part, api+"/_test/blank") {
			if part == "authURL" && row.value == "" {
				continue
			}
			base, options := api+"/api/v3", &authhttp.Options{}
			var asked string
			options.HTTPClient = &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				asked = r.URL.String()
				return http.DefaultTransport.RoundTrip(r)
			})}
			if part == "baseURL" {
				base = row.value
			} else {
				options.AuthURL = row.value
			}
			client, err := authhttp.New(base, options)
			if row.to == refused {
				if assert.Error(t, err, "%s %q", part, row.value) {
					assert.Equal(t, authcore.CodeInvalidArgument, coreError(t, err).Code, "%s %q", part, row.value)
				}
				continue
			}
			if !assert.NoError(t, err, "%s %q", part, row.value) {
				continue
			}
			entrance, err := client.LoginWith(t.Context(), "oidc")
			if !assert.NoError(t, err, "%s %q", part, row.value) {
				continue
			}
			expected, version := row.to, base+"/version"
			if part == "baseURL" {
				version = row.to + "/version"
				expected = row.to[:strings.LastIndexByte(row.to, '/')] + "/auth/oidc"
				if row.to == api || row.to == o.names["app"] {
					expected = row.to + "/auth/oidc"
				}
			}
			assert.Equal(t, version, asked, "%s %q", part, row.value)
			assert.Equal(t, expected, entrance, "%s %q", part, row.value)
			answer, err := http.Get(entrance)
			if assert.NoError(t, err, "%s %q", part, row.value) {
				body, err := io.ReadAll(answer.Body)
				require.NoError(t, err)
				_ = answer.Body.Close()
				assert.True(t, strings.HasPrefix(expected, string(body)+"/"), "%s %q leads to %s", part, row.value, body)
			}
		}
	}
}

// An origin that is allowed allows itself alone.
func TestAllowedOriginTable(t *testing.T) {
	o := startRedirectOrigins(t)
	api := o.names["api"]
	rows := o.rows(t, "allowedRedirectOrigins", api)
	probes := []string{"http://a.q.test", o.names["app"], o.names["evil"]}
	for _, row := range rows {
		if row.to != refused && !slices.Contains(probes, row.to) {
			probes = append(probes, row.to)
		}
	}
	for _, row := range rows {
		client, err := authhttp.New(api+"/api/v3", &authhttp.Options{AllowedRedirectOrigins: []string{row.value}})
		if row.to == refused {
			if assert.Error(t, err, "%q", row.value) {
				assert.Equal(t, authcore.CodeInvalidArgument, coreError(t, err).Code, "%q", row.value)
			}
			continue
		}
		if !assert.NoError(t, err, "%q", row.value) {
			continue
		}
		for _, probe := range probes {
			to, err := client.LogoutRedirect(t.Context(), false, probe+"/foo")
			assert.Equal(t, probe == row.to, err == nil, "%q and %s", row.value, probe)
			assert.Equal(t, map[bool]string{true: probe + "/foo"}[err == nil], to)
		}
	}
}
