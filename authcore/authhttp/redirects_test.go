package authhttp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/authcore/internal/redirecttable"
)

// startOrigins starts servers that tell where a navigation has ended: the API's,
// where all but its calls is such an end too, and two others.
func startOrigins(t *testing.T) redirecttable.Origins {
	traq := authtest.NewUnstartedServer()
	calls := []string{"POST /login", "POST /logout", "GET /version", "GET /users/me"}
	serve := func(w http.ResponseWriter, r *http.Request) {
		for _, call := range calls {
			if method, path, _ := strings.Cut(call, " "); r.Method == method && strings.HasSuffix(r.URL.Path, path) {
				r.URL.Path = "/api/v3" + path
				traq.ServeHTTP(w, r)
				return
			}
		}
		_, _ = io.WriteString(w, "http://"+r.Host)
	}
	origins := redirecttable.Origins{}
	for name, host := range map[string]string{"api": "127.0.0.1", "app": "localhost", "evil": "127.0.0.1"} {
		server := httptest.NewServer(http.HandlerFunc(serve))
		t.Cleanup(server.Close)
		origins[name] = strings.Replace(server.URL, "127.0.0.1", host, 1)
	}
	return origins
}

// follow sends a request that redirects, and gives the address at which
// net/http then arrives, and what the server there takes for its origin.
func follow(t *testing.T, address string) (at *url.URL, origin string) {
	answer, err := http.Post(address, "application/x-www-form-urlencoded", nil)
	require.NoError(t, err, address)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.Request.URL, string(body)
}

// What is accepted is gone to, as net/http reads the answer's Location and as a
// browser's parser does.
func TestRedirectTable(t *testing.T) {
	o := startOrigins(t)
	api, app := o["api"], o["app"]
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
		rows := o.Rows("targets", self, true)
		require.Greater(t, len(rows), 150)
		for _, row := range rows {
			require.NoError(t, client.Logout(t.Context()))
			sent = nil
			to, err := redirect(row.Value)
			if row.Refused {
				if assert.Error(t, err, "%s %.200q leads to %.200q", call, row.Value, to) {
					assert.Equal(t, authcore.CodeUnsafeRedirect, coreError(t, err).Code, "%s %q", call, row.Value)
				}
				assert.Empty(t, sent, "%s %q", call, row.Value)
				continue
			}
			if !assert.NoError(t, err, "%s %.200q", call, row.Value) {
				continue
			}
			assert.Equal(t, row.To, to, "%s %q", call, row.Value)
			if to == "" {
				continue
			}
			// A form cannot log in; what a logout redirects to is the same.
			at, origin := follow(t, strings.Replace(sent[0], self, api+"/api/v3/logout", 1))
			assert.Contains(t, []string{api, app}, origin, "%s %q", call, row.Value)
			assert.True(t, strings.HasPrefix(to, origin+"/"), "%s %q leads to %s", call, row.Value, origin)
			assert.Equal(t, origin, at.Scheme+"://"+at.Host)
			parsed, err := url.Parse(sent[0])
			require.NoError(t, err)
			browsers, err := whatwg.ParseRef(sent[0], parsed.Query().Get("redirect"))
			require.NoError(t, err, "%q", row.Value)
			assert.Equal(t, origin, browsers.Protocol()+"//"+browsers.Host(), "%s %q, to a browser", call, row.Value)
		}
	}
}

// An address of the API's or of the providers' is one that is whole.
func TestAddressTable(t *testing.T) {
	o := startOrigins(t)
	api := o["api"]
	for _, part := range []string{"baseURL", "authURL"} {
		for _, row := range o.Rows(part, api+"/_test/blank", true) {
			base, options := api+"/api/v3", &authhttp.Options{}
			var asked string
			options.HTTPClient = &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				asked = r.URL.String()
				return http.DefaultTransport.RoundTrip(r)
			})}
			if part == "baseURL" {
				base = row.Value
			} else {
				options.AuthURL = row.Value
			}
			client, err := authhttp.New(base, options)
			if row.Refused {
				if assert.Error(t, err, "%s %q", part, row.Value) {
					assert.Equal(t, authcore.CodeInvalidArgument, coreError(t, err).Code, "%s %q", part, row.Value)
				}
				continue
			}
			if !assert.NoError(t, err, "%s %q", part, row.Value) {
				continue
			}
			entrance, err := client.LoginWith(t.Context(), "oidc")
			if !assert.NoError(t, err, "%s %q", part, row.Value) {
				continue
			}
			expected, version := row.To, base+"/version"
			if part == "baseURL" {
				version = row.To + "/version"
				expected = row.To[:strings.LastIndexByte(row.To, '/')] + "/auth/oidc"
				if row.To == api || row.To == o["app"] {
					expected = row.To + "/auth/oidc"
				}
			}
			assert.Equal(t, version, asked, "%s %q", part, row.Value)
			assert.Equal(t, expected, entrance, "%s %q", part, row.Value)
			answer, err := http.Get(entrance)
			if assert.NoError(t, err, "%s %q", part, row.Value) {
				body, err := io.ReadAll(answer.Body)
				require.NoError(t, err)
				_ = answer.Body.Close()
				assert.True(t, strings.HasPrefix(expected, string(body)+"/"), "%s %q leads to %s", part, row.Value, body)
			}
		}
	}
}

// An origin that is allowed allows itself alone.
func TestAllowedOriginTable(t *testing.T) {
	o := startOrigins(t)
	api := o["api"]
	rows := o.Rows("allowedRedirectOrigins", api, true)
	probes := []string{"http://a.q.test", o["app"], o["evil"]}
	for _, row := range rows {
		if !row.Refused && !slices.Contains(probes, row.To) {
			probes = append(probes, row.To)
		}
	}
	for _, row := range rows {
		client, err := authhttp.New(api+"/api/v3", &authhttp.Options{AllowedRedirectOrigins: []string{row.Value}})
		if row.Refused {
			if assert.Error(t, err, "%q", row.Value) {
				assert.Equal(t, authcore.CodeInvalidArgument, coreError(t, err).Code, "%q", row.Value)
			}
			continue
		}
		if !assert.NoError(t, err, "%q", row.Value) {
			continue
		}
		for _, probe := range probes {
			to, err := client.LogoutRedirect(t.Context(), false, probe+"/foo")
			assert.Equal(t, probe == row.To, err == nil, "%q and %s", row.Value, probe)
			assert.Equal(t, map[bool]string{true: probe + "/foo"}[err == nil], to)
		}
	}
}
