package hostile

import (
	"fmt"
	"strings"

	"github.com/traq-auth/traq-auth/authcore"
)

// redirects to everywhere; nobody follows one. Where a call leads to one, GET
// /users/me is asked whether it took place.
func redirects() []Case {
	// Other redirects than 302 are none of the API's; a page cannot tell them apart.
	redirect := func(status, headers string) (answer, Expected) {
		if strings.HasPrefix(status, "302") {
			return reply(status, headers, ""), redirected
		}
		return reply(status, headers, ""), refused
	}
	var table []Case
	for _, status := range []string{"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"} {
		for _, location := range []string{"/elsewhere", "?", "http://elsewhere.invalid/", "javascript:alert(1)"} {
			a, e := redirect(status, "Location: "+location+"\r\n")
			table = append(table, Case{Name: status + " to " + location, answer: a, Expected: e})
		}
	}
	for _, location := range []string{
		"", "#", "//elsewhere.invalid", "http://", "http://%zz/", "http://[::1", "https://127.0.0.1:1/", "http://user:pw@127.0.0.1/", "http://127.0.0.1:99999/",
		"data:application/json,[]", "file:///etc/passwd", "about:blank", "blob:null", "ftp://127.0.0.1/", "ws://127.0.0.1/", "\x01\x7f", "\xff\xfe", "/\u3042 \u202e", "\\\\elsewhere.invalid\\x", times(60_000, "a"),
	} {
		a, e := redirect("302 Found", "Location: "+location+"\r\n")
		table = append(table, Case{Name: fmt.Sprintf("302 to %.40q", location), answer: a, Expected: e.or(broken)})
	}
	itself := func(x *exchange) error {
		return reply("302 Found", "Location: "+x.request.URL.RequestURI()+"\r\n", "")(x)
	}
	me := func(then, others answer) answer { return on("/users/me", then, others) }
	found := reply("302 Found", "Location: /\r\n", "")
	notAtAll := reply("401 Unauthorized", theHeader, `{"message":"You are not logged in"}`)
	signedIn := "value"
	table = append(table, []Case{
		{Name: "302 to itself", answer: itself, Expected: redirected},
		{Name: "302 to nowhere", answer: reply("302 Found", "", ""), Expected: redirected},
		{Name: "302 to two places", answer: reply("302 Found", "Location: /a\r\nLocation: http://elsewhere.invalid/\r\n", ""), Expected: redirected.or(broken)},
		{Name: "302 with half of its body", answer: wire("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 1000\r\n\r\nhalf", shut), Expected: redirected.or(broken)},
		{Name: "302 with a body without end", answer: wire("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", endless(spaces(1<<16))), Expected: redirected.but("value|invalid_response", authcore.OpLinkAccount).or(stalled)},
		{Name: "302 with a body that never comes", answer: wire("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 1000\r\n\r\n", stall), Expected: redirected.or(stalled), Native: stalled},
		{Name: "302 with 1,000 Set-Cookie", answer: reply("302 Found", "Location: /\r\n"+numbered(1000, "Set-Cookie: odd%d=a; Max-Age=1\r\n"), ""), Expected: redirected},
		{Name: "200 with a Location", answer: reply("200 OK", "Location: http://elsewhere.invalid/\r\n", "{json}"), Expected: right},
		{Name: "204 with a Location", answer: wire("HTTP/1.1 204 No Content\r\nLocation: /elsewhere\r\n\r\n"), Expected: done},
	}...)
	// A login or a logout that asked for it.
	for _, row := range []Case{
		{Name: "302, and alice is signed in", answer: me(reply("200 OK", "", "{json}"), found), Expected: redirected.but(signedIn, authcore.OpGetUser, authcore.OpLogin)},
		{Name: "302, and somebody else is signed in", answer: me(reply("200 OK", "", strings.Replace(user, `"alice"`, `"bob"`, 1)), found),
			Expected: redirected.but(signedIn, authcore.OpGetUser), Sees: map[string]string{authcore.OpGetUser: strings.Replace(values[authcore.OpGetUser], `"alice"`, `"bob"`, 1)}},
		{Name: "302, and alice is signed in, in capitals", answer: me(reply("200 OK", "", strings.Replace(user, `"alice"`, `"ALICE"`, 1)), found),
			Expected: redirected.but(signedIn, authcore.OpGetUser, authcore.OpLogin), Sees: map[string]string{authcore.OpGetUser: strings.Replace(values[authcore.OpGetUser], `"alice"`, `"ALICE"`, 1)}},
		{Name: "302, and nobody is signed in", answer: me(notAtAll, found), Expected: redirected.but("not_authenticated", authcore.OpGetUser).but(signedIn, authcore.OpLogout)},
		{Name: "302, and who is signed in is broken off", answer: me(wire(chunked+"{hex}\r\n{half}", shut), found), Expected: redirected.but("network_error", authcore.OpGetUser, authcore.OpLogin, authcore.OpLogout)},
		{Name: "302, and who is signed in never comes", answer: me(wire(stall), found), Expected: redirected.but("timeout", authcore.OpGetUser, authcore.OpLogin, authcore.OpLogout)},
		{Name: "302, and who is signed in has no end", answer: me(wire(ok+"Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n", endless(inChunk(spaces(1<<16)))), found), Expected: redirected},
		{Name: "302, and who is signed in is a 500", answer: me(reply("500 Odd", "", ""), found), Expected: redirected.but("server_error", authcore.OpGetUser, authcore.OpLogin, authcore.OpLogout)},
		{Name: "302, and who is signed in is a portal's page", answer: me(reply("200 OK", "Content-Type: text/html\r\n", "<!doctype html>"), found), Expected: redirected},
	} {
		row.Redirect = "/here"
		table = append(table, row)
	}
	return table
}
