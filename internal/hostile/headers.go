package hostile

import (
	"fmt"
	"strconv"

	"github.com/traq-auth/traq-auth/authcore"
)

// headers that are floods, nonsense, or of no concern.
func headers() []Case {
	// flood is a header of so many MiB, written until the other side has enough.
	flood := func(name string, mib int) answer {
		return wire("HTTP/1.1 500 Odd\r\n"+name+": ", times(mib<<20, "a"), "\r\nContent-Length: 0\r\n\r\n")
	}
	with := func(name, lines string, e Expected) Case {
		return Case{Name: name, answer: wire(ok + lines + "Content-Length: {length}\r\n\r\n{json}"), Expected: e}
	}
	table := []Case{
		{Name: "37 MiB of X-Request-Id", answer: flood("X-Request-Id", 37), Expected: broken.or(failed)},
		{Name: "37 MiB of Retry-After", answer: flood("Retry-After", 37), Expected: broken.or(failed)},
		{Name: "37 MiB of a header's name", answer: wire(ok, times(37<<20, "a"), ": 1\r\nContent-Length: 0\r\n\r\n"), Expected: broken.or(refused)},
		{Name: "37 MiB of headers", answer: wire(ok, times(37<<10, "X-Odd: "+times(1013, "a")+"\r\n")+"Content-Length: {length}\r\n\r\n{json}"), Expected: broken.or(right)},
		{Name: "headers without end", answer: wire(ok, endless(times(100, "X-Odd: a\r\n"))), Expected: broken.or(stalled)},
		{Name: "Set-Cookie without end", answer: wire(ok, endless(times(100, "Set-Cookie: r_session=a\r\n"))), Expected: broken.or(stalled)},
		with("10,000 headers", times(10_000, "X-Odd: a\r\n"), right.or(broken)),
		with("2,000 Set-Cookie", numbered(2_000, "Set-Cookie: odd%d=a; Max-Age=1\r\n"), right.or(broken)),
		with("Set-Cookie of 4 KiB, 40 times", numbered(40, "Set-Cookie: large%d="+times(4000, "a")+"; Max-Age=0\r\n"), right.or(broken)),
		with("Set-Cookie that are none", "Set-Cookie: \r\nSet-Cookie: ;;;\r\nSet-Cookie: =\r\nSet-Cookie: a\x01b=c\r\nSet-Cookie: a=b; Domain=com; Path=nowhere; Max-Age=x; Expires=x; SameSite=x; Priority=x\r\nSet-Cookie: __Host-a=b; Path=/x\r\n", right.or(broken)),
		with("Date without end", "Date: "+times(60_000, "9")+"\r\n", right),
		with("Date of the year 99999", "Date: Mon, 01 Jan 99999 00:00:00 GMT\r\n", right),
		with("Date of long ago", "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n", right),
		with("Date that is none", "Date: yesterday\r\n", right),
		with("500 of Date", numbered(500, "Date: Mon, 23 Nov 2026 09:05:%d GMT\r\n"), right),

		with("no type that there is", "Content-Type: x\r\nContent-Type: text/html\r\nContent-Type: \r\n", right),
		with("a type of 60 KiB", "Content-Type: "+times(60_000, "a")+"\r\n", right),
		with("never to be sniffed", "X-Content-Type-Options: nosniff\r\nContent-Type: image/png\r\n", right),
		with("another charset", "Content-Type: application/json; charset=utf-16\r\n", right),
		with("a download", "Content-Disposition: attachment; filename=\"../../x.exe\"\r\n", right),
		with("policies", "Content-Security-Policy: sandbox; default-src 'none'\r\nX-Frame-Options: DENY\r\nCross-Origin-Resource-Policy: same-origin\r\nPermissions-Policy: *=()\r\nOrigin-Agent-Cluster: ?x\r\n", right),
		with("a refresh and a link", "Refresh: 0; url=/elsewhere\r\nLink: </elsewhere>; rel=preload; as=fetch\r\n", right),
		with("reports", "Report-To: {{{\r\nNEL: {\"report_to\":\"x\",\"max_age\":1}\r\nReporting-Endpoints: x=\"/elsewhere\"\r\n", right),
		with("another service", "Alt-Svc: h3=\":1\"; ma=1, h2=\"elsewhere.invalid:1\"; ma=1\r\n", right),
		with("a cache for ever", "Cache-Control: public, max-age=31536000, immutable\r\nExpires: x\r\nAge: -1\r\nVary: *\r\nETag: x\r\n", right),
		with("Connection that names all", "Connection: Content-Length, Content-Type, Keep-Alive, odd\r\nKeep-Alive: timeout=-1, max=0\r\n", right),
		with("Upgrade to HTTP/2", "Connection: Upgrade\r\nUpgrade: h2c\r\n", right),
		with("CORS of three kinds", "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Origin: null\r\nAccess-Control-Allow-Credentials: x\r\n", right),

		with("a name with a space behind it", "X-Odd : 1\r\n", right.or(broken)),
		with("a name with a space in it", "X Odd: 1\r\n", right.or(broken)),
		with("no name", ": 1\r\n", right.or(broken)),
		with("no colon", "X-Odd\r\n", right.or(broken)),
		with("a name of letters that are none", "X-\u3042\xff: 1\r\n", right.or(broken)),
		with("a zero in a value", "X-Odd: a\x00b\r\n", right.or(broken)),
		with("a CR in a value", "X-Odd: a\rb\r\n", right.or(broken)),
		with("bytes that are no UTF-8 in a value", "X-Request-Id: a\xff\xfe\x80b\r\n", right),
		with("a value that goes on in the next line", "X-Odd: a\r\n b\r\n\tc\r\n", right.or(broken)),
		{Name: "a first line that goes on", answer: wire("HTTP/1.1 200 OK\r\n X-Odd: 1\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: right.or(broken)},
		{Name: "lines that end with LF alone", answer: wire("HTTP/1.1 200 OK\nContent-Length: {length}\n\n{json}"), Expected: right},
		{Name: "lines that end with CR alone", answer: wire("HTTP/1.1 200 OK\rContent-Length: {length}\r\r{json}", shut), Expected: broken.or(refused)},
		{Name: "a request's line among them", answer: wire("HTTP/1.1 200 OK\r\nGET / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: right.or(broken)},

		{Name: "X-Request-Id of 60 KiB", answer: reply("500 Odd", "X-Request-Id: "+times(60_000, "a")+"\r\n", ""), Expected: failed},
		{Name: "X-Request-Id of odd bytes", answer: reply("500 Odd", "X-Request-Id: <script>\xe3\x81\x82\xff\"'\\\r\n", ""), Expected: failed},
		{Name: "300 of X-Request-Id", answer: reply("500 Odd", numbered(300, "X-Request-Id: %d\r\n"), ""), Expected: failed},
	}
	// None of it has a client wait for longer than its own time.
	for _, seconds := range []string{"", "0", "1", "-1", "999999", "9999999", "99999999999999999999", "1.5", "1e3", "0x10", "\u0661", "soon", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", times(50_000, "9")} {
		table = append(table, Case{
			Name:   fmt.Sprintf("Retry-After: %.30q", seconds),
			answer: reply("429 Too Many Requests", "Retry-After: "+seconds+"\r\n", ""), Expected: limited,
		})
	}
	table = append(table,
		Case{Name: "300 of Retry-After", answer: reply("503 Odd", numbered(300, "Retry-After: %d\r\n"), ""), Expected: failed},
		Case{Name: "Retry-After where all is well", answer: reply("200 OK", "Retry-After: 999999\r\n", "{json}"), Expected: right},
	)
	return table
}

// numbered are lines with a number in each.
func numbered(n int, line string) string {
	var lines []byte
	for i := range n {
		lines = fmt.Appendf(lines, line, i)
	}
	return string(lines)
}

// cors is what a page of another origin gets; to a program it is of no concern.
func cors() []Case {
	const (
		anybody = "Access-Control-Allow-Origin: *\r\n"
		allowed = anybody + "Access-Control-Allow-Headers: Content-Type\r\nAccess-Control-Allow-Methods: DELETE\r\n"
	)
	row := func(name string, a answer, e, native Expected) Case {
		return Case{Name: name, answer: a, Expected: e, Native: native, CrossOrigin: true}
	}
	preflight := reply("204 No Content", allowed, "")
	// asked first has the browser do so, for its body's type.
	askedFirst := func(e Expected, outcome string) Expected { return e.but(outcome, authcore.OpLogin) }
	table := []Case{
		row("all is well", on("OPTIONS", preflight, reply("200 OK", anybody, "{json}")), right, right),
		row("204, and the cookie is lost", on("OPTIONS", preflight, wire("HTTP/1.1 204 No Content\r\n"+anybody+"\r\n")), done.but("cookie_not_kept", authcore.OpLogin), done),
		row("the answer does not allow it", on("OPTIONS", preflight, says("{json}")), broken, right),
		row("the version alone allows it", on("OPTIONS", preflight, on("/version", reply("200 OK", anybody, "{json}"), says("{json}"))), all("cross_origin_blocked"), right),
		row("the preflight allows no type", on("OPTIONS", reply("204 No Content", anybody, ""), reply("200 OK", anybody, "{json}")), askedFirst(right, "cross_origin_blocked"), right),
		row("the preflight is a 404", on("OPTIONS", reply("404 Not Found", allowed, ""), reply("200 OK", anybody, "{json}")), askedFirst(right, "cross_origin_blocked"), right),
		row("the preflight is a redirect", on("OPTIONS", reply("302 Found", allowed+"Location: /elsewhere\r\n", ""), reply("200 OK", anybody, "{json}")), askedFirst(right, "cross_origin_blocked"), right),
		row("the preflight is broken off", on("OPTIONS", wire(reset), reply("200 OK", anybody, "{json}")), askedFirst(right, "cross_origin_blocked"), right),
		row("the preflight never comes", on("OPTIONS", wire(stall), reply("200 OK", anybody, "{json}")), askedFirst(right, "timeout"), right),
		row("the preflight's body has no end", on("OPTIONS", wire("HTTP/1.1 200 OK\r\n"+allowed+"\r\n", endless(spaces(1<<16))), reply("200 OK", anybody, "{json}")), askedFirst(right, "timeout|invalid_response|cross_origin_blocked"), right),
		row("the preflight's head has no end", on("OPTIONS", wire("HTTP/1.1 204 No Content\r\n"+allowed, endless(times(1000, "X-Odd: a\r\n"))), reply("200 OK", anybody, "{json}")), askedFirst(right, "timeout|cross_origin_blocked"), right),
		row("a redirect to another origin", on("OPTIONS", preflight, reply("302 Found", anybody+"Location: http://elsewhere.invalid/\r\n", "")), refused, redirected),
		row("a body without end", on("OPTIONS", preflight, wire(ok+anybody+"Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n", endless(inChunk(spaces(1<<16))))), refused, refused),
		row("a bomb of gzip", on("OPTIONS", preflight, wire(ok+anybody+"Content-Encoding: gzip\r\n\r\n"+gzipBomb, endless(gzipBlock()))), refused, refused),
	}
	for _, origin := range []string{"", "null", "*, *", "http://*", "http://elsewhere.invalid", "http://127.0.0.1/", "* *", times(10_000, "a")} {
		header := "Access-Control-Allow-Origin: " + origin + "\r\nAccess-Control-Allow-Headers: *\r\nAccess-Control-Allow-Methods: *\r\n"
		table = append(table, row("allowed to "+strconv.Quote(fmt.Sprintf("%.30s", origin)), reply("200 OK", header, "{json}"), broken, right))
	}
	return append(table, row("allowed to * twice", reply("200 OK", anybody+anybody, "{json}"), broken, right))
}
