package hostile

import (
	"slices"
	"strings"

	"github.com/traq-auth/traq-auth/authcore"
)

// Case is a row of the table.
type Case struct {
	// Name is unique within the table; its kind stands before it.
	Name string
	// answer is what every request is answered with.
	answer answer
	// Expected is what calls come to.
	Expected Expected
	// Native is Expected for net/http, where that is different by intention; nil
	// where it is not.
	Native Expected
	// Sees are the values that differ from [Value]'s, as JSON by operation.
	Sees map[string]string
	// Redirect is where logins and logouts ask to be sent to; "" for nowhere.
	Redirect string
	// HTTP2 tells that it is an answer of HTTP/2.
	HTTP2 bool
	// CrossOrigin tells that a page shall be of another origin than the server.
	CrossOrigin bool
}

// Value gives what an operation comes to that succeeds, as JSON of the form that
// the JavaScript client gives; {base} in it stands for the address beside which the
// client's are, {origin} for the server's.
func (c *Case) Value(op string) string {
	value, other := c.Sees[op]
	switch {
	case other:
		return value
	case c.Redirect != "" && (op == authcore.OpLogin || op == authcore.OpLogout):
		return `{"redirectTo":"{origin}` + c.Redirect + `"}`
	}
	return values[op]
}

// Expected is by operation what a call may come to: "value" or an error's code.
// Where a standard or an engine leaves it open there are several, parted by "|".
type Expected map[string]string

// Allows tells whether a call may come to this.
func (e Expected) Allows(op, outcome string) bool {
	return slices.Contains(strings.Split(e[op], "|"), outcome)
}

var (
	// Operations are all that send something, by their JavaScript names.
	Operations = slices.Concat(reads, writes, []string{authcore.OpLinkAccount})

	reads  = []string{authcore.OpGetUser, authcore.OpListSessions, authcore.OpListAccounts, authcore.OpListProviders, authcore.OpGetServerInfo, authcore.OpLoginWith}
	writes = []string{authcore.OpLogin, authcore.OpLogout, authcore.OpRevokeSession, authcore.OpUnlinkAccount}
)

// of is what the calls come to that read JSON, that the API answers with 204, and
// that it answers with a redirect, which is one.
func of(read, write, link string) Expected {
	e := Expected{authcore.OpLinkAccount: link}
	for _, op := range reads {
		e[op] = read
	}
	for _, op := range writes {
		e[op] = write
	}
	return e
}

func all(outcome string) Expected { return of(outcome, outcome, outcome) }

// only is what these calls come to; the others find no answer of the API's.
func only(outcome string, ops ...string) Expected { return refused.but(outcome, ops...) }

// but is e, and another outcome for some.
func (e Expected) but(outcome string, ops ...string) Expected {
	changed := Expected{}
	for _, op := range Operations {
		changed[op] = e[op]
		if slices.Contains(ops, op) {
			changed[op] = outcome
		}
	}
	return changed
}

// or is what either allows.
func (e Expected) or(other Expected) Expected {
	either := Expected{}
	for _, op := range Operations {
		outcomes := strings.Split(e[op], "|")
		for _, outcome := range strings.Split(other[op], "|") {
			if !slices.Contains(outcomes, outcome) {
				outcomes = append(outcomes, outcome)
			}
		}
		either[op] = strings.Join(outcomes, "|")
	}
	return either
}

// What calls come to, by what an answer is.
var (
	broken     = all("network_error")    // none, or none that is whole
	stalled    = all("timeout")          // none in time
	refused    = all("invalid_response") // none of the API's
	failed     = all("server_error")
	limited    = all("rate_limited")
	right      = of("value", "invalid_response", "invalid_response") // 200 with the JSON of the path
	done       = of("invalid_response", "value", "invalid_response") // 204
	redirected = of("invalid_response", "invalid_response", "value") // 302, whatever is asked
	nobody     = all("not_authenticated").but("invalid_credentials", authcore.OpLogin)
)

// The data that is right.
const (
	userID   = "01a207ab-7610-7cca-92e9-2da640e2838e"
	iconID   = "01a207ab-7611-7d1c-8f5e-0c3f5a1b2c3d"
	opened   = "2026-11-23T09:05:27.410567Z" // what the rows about dates replace
	openedJS = "2026-11-23T09:05:27.410Z"

	user     = `{"id":"` + userID + `","bio":"","groups":[],"tags":[],"updatedAt":"` + opened + `","lastOnline":null,"permissions":["get_user"],"name":"alice","displayName":"Alice","iconFileId":"` + iconID + `","bot":false,"state":1,"homeChannel":null}`
	sessions = `[{"id":"01a207ab-7612-7000-8000-000000000001","issuedAt":"` + opened + `"},{"id":"01a207ab-7612-7000-8000-000000000002","issuedAt":"` + opened + `"}]`
	accounts = `[{"providerName":"oidc","externalName":"alice_ext","linkedAt":"` + opened + `"}]`
	version  = `{"version":"v3.28.4","revision":"ac297a77","flags":{"externalLogin":["oidc"],"signUpAllowed":false}}`
)

var values = map[string]string{
	authcore.OpGetUser:       `{"id":"` + userID + `","name":"alice","displayName":"Alice","iconFileId":"` + iconID + `"}`,
	authcore.OpListSessions:  sessionsOpened(openedJS),
	authcore.OpListAccounts:  accountsLinked(openedJS),
	authcore.OpListProviders: `["oidc"]`,
	authcore.OpGetServerInfo: `{"version":"v3.28.4","revision":"ac297a77","providers":["oidc"],"signUpAllowed":false}`,
	authcore.OpLoginWith:     `{"url":"{base}/api/auth/oidc"}`,
	authcore.OpLinkAccount:   `{"url":"{base}/api/auth/oidc?link=1"}`,
	authcore.OpLogin:         `{"redirectTo":null}`,
	authcore.OpLogout:        `{"redirectTo":null}`,
	authcore.OpRevokeSession: `null`,
	authcore.OpUnlinkAccount: `null`,
}

func sessionsOpened(at string) string {
	return `[{"id":"01a207ab-7612-7000-8000-000000000001","issuedAt":"` + at + `","current":null},{"id":"01a207ab-7612-7000-8000-000000000002","issuedAt":"` + at + `","current":null}]`
}

func accountsLinked(at string) string {
	return `[{"providerName":"oidc","externalName":"alice_ext","linkedAt":"` + at + `"}]`
}

// rightJSON is the JSON that a path's answer must have; where it must have none,
// it is an error's.
func rightJSON(path string) string {
	switch {
	case strings.HasSuffix(path, "/users/me"):
		return user
	case strings.HasSuffix(path, "/users/me/sessions"):
		return sessions
	case strings.HasSuffix(path, "/users/me/ex-accounts"):
		return accounts
	case strings.HasSuffix(path, "/version"):
		return version
	}
	return `{"message":"odd"}`
}

// Cases makes the table, all kinds of it.
func Cases() []Case {
	var table []Case
	for _, kind := range []struct {
		name string
		rows []Case
	}{
		{"bodies", bodies()},
		{"lengths", lengths()},
		{"statuses", statuses()},
		{"json", jsons()},
		{"dates", dates()},
		{"headers", headers()},
		{"cors", cors()},
		{"redirects", redirects()},
		{"http2", http2s()},
	} {
		for _, row := range kind.rows {
			row.Name = kind.name + ": " + row.Name
			table = append(table, row)
		}
	}
	return table
}
