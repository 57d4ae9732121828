package hostile

import "github.com/traq-auth/traq-auth/authcore"

// statuses that the API does not have, and answers that are no HTTP.
func statuses() []Case {
	const (
		html    = "Content-Type: text/html\r\n"
		json    = "Content-Type: application/json\r\n"
		portal  = "<!doctype html><title>Sign in to the Wi-Fi</title>"
		words   = `{"message":"No API key"}`
		nothing = "\r\n"
	)
	loginIs := func(e Expected, outcome string) Expected { return e.but(outcome, authcore.OpLogin) }
	table := []Case{
		{Name: "100, for ever", answer: wire("HTTP/1.1 100 Continue\r\n\r\n", stall), Expected: stalled},
		{Name: "100, and then the answer", answer: wire("HTTP/1.1 100 Continue\r\n\r\n" + sized + "{json}"), Expected: right},
		{Name: "100 with a body", answer: wire("HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\n[]"+sized+"{json}", shut), Expected: right.or(broken)},
		{Name: "102 four times, and then the answer", answer: wire(times(4, "HTTP/1.1 102 Processing\r\n\r\n") + sized + "{json}"), Expected: right},
		{Name: "102 without end", answer: wire(endless(times(100, "HTTP/1.1 102 Processing\r\n\r\n"))), Expected: broken.or(stalled)},
		{Name: "103 with links, and then the answer", answer: wire("HTTP/1.1 103 Early Hints\r\nLink: </elsewhere>; rel=preload; as=script\r\nLink: <javascript:alert(1)>; rel=preconnect\r\n\r\n" + sized + "{json}"), Expected: right},
		{Name: "101, closed", answer: wire("HTTP/1.1 101 Switching Protocols\r\nUpgrade: odd\r\nConnection: Upgrade\r\n\r\n", shut), Expected: broken.or(refused)},
		{Name: "101, for ever", answer: wire("HTTP/1.1 101 Switching Protocols\r\nUpgrade: odd\r\nConnection: Upgrade\r\n\r\n", stall), Expected: broken.or(refused).or(stalled), Native: refused},
		{Name: "199, and then the answer", answer: wire("HTTP/1.1 199 Odd\r\n\r\n" + sized + "{json}"), Expected: right},
		{Name: "200 without a reason", answer: wire("HTTP/1.1 200\r\nContent-Length: {length}\r\n\r\n{json}"), Expected: right},
		{Name: "200 with a reason of 64 KiB", answer: reply("200 "+times(1<<16, "o"), json, "{json}"), Expected: right.or(broken)},
		{Name: "204", answer: wire("HTTP/1.1 204 No Content\r\n\r\n"), Expected: done},
		{Name: "204 with a body", answer: wire("HTTP/1.1 204 No Content\r\nContent-Length: {length}\r\n\r\n{json}"), Expected: done},
		{Name: "204 with a length and no body", answer: wire("HTTP/1.1 204 No Content\r\nContent-Length: 100\r\n\r\n"), Expected: done},
		{Name: "204 in chunks that never come", answer: wire("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n"), Expected: done},
		{Name: "204 in chunks", answer: wire("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), Expected: done},
		{Name: "204 with a body without end", answer: wire("HTTP/1.1 204 No Content\r\n\r\n", endless(spaces(1<<16))), Expected: done},
		{Name: "204, reset", answer: wire("HTTP/1.1 204 No Content\r\n\r\n", reset), Expected: done.or(broken)},
		{Name: "204 without its head's end, closed", answer: wire("HTTP/1.1 204 No Content\r\n", shut), Expected: done.or(broken)},
		{Name: "205 with a body", answer: reply("205 Reset Content", "", "{json}"), Expected: refused},
		{Name: "206 of nothing that was asked for", answer: reply("206 Partial Content", "Content-Range: bytes 0-1/1000000\r\n", "{json}"), Expected: refused},
		{Name: "206 of many parts", answer: reply("206 Partial Content", "Content-Type: multipart/byteranges; boundary=b\r\n", "--b\r\n\r\n{json}\r\n--b--"), Expected: refused},
		{Name: "304", answer: wire("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"), Expected: refused},
		{Name: "304 in chunks that never come", answer: wire("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n"), Expected: refused},
		{Name: "304 with a body", answer: wire("HTTP/1.1 304 Not Modified\r\nContent-Length: {length}\r\n\r\n{json}"), Expected: refused},

		{Name: "401 as of traQ, without its header", answer: reply("401 Unauthorized", json, `{"message":"You are not logged in"}`), Expected: loginIs(nobody, "invalid_response")},
		{Name: "401 as of traQ at a login", answer: reply("401 Unauthorized", json+theHeader, `{"message":"password or id is wrong"}`), Expected: nobody},
		{Name: "401 with other words and traQ's header", answer: reply("401 Unauthorized", json+theHeader, words), Expected: nobody},
		{Name: "401 of a gateway", answer: reply("401 Unauthorized", json, words), Expected: refused},
		{Name: "401 in HTML", answer: reply("401 Unauthorized", html, portal), Expected: refused},
		{Name: "401 with Basic, Negotiate and 300 more", answer: reply("401 Unauthorized", "WWW-Authenticate: Negotiate\r\n"+times(300, "WWW-Authenticate: Odd realm=\"x\", \r\n"), portal), Expected: refused.or(broken)},
		{Name: "403 with other words and traQ's header", answer: reply("403 Forbidden", json+theHeader, words), Expected: loginIs(all("insufficient_scope"), "account_suspended")},
		{Name: "403 of a gateway", answer: reply("403 Forbidden", json, words), Expected: refused},
		{Name: "403 in HTML", answer: reply("403 Forbidden", html, portal), Expected: refused},
		{Name: "404 with other words and traQ's header", answer: reply("404 Not Found", json+theHeader, words), Expected: all("not_found")},
		{Name: "404 of a gateway", answer: reply("404 Not Found", json, `{"message":"no Route matched with those values"}`), Expected: refused},
		{Name: "404 in HTML", answer: reply("404 Not Found", html, "<h1>nginx</h1>"), Expected: refused},
		{Name: "407", answer: reply("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n", portal), Expected: refused.or(broken)},
		{Name: "408, closed", answer: wire("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", shut), Expected: refused.or(broken)},
		{Name: "429 without words", answer: reply("429 Too Many Requests", "", ""), Expected: limited},
		{Name: "429 in HTML", answer: reply("429 Too Many Requests", html, portal), Expected: limited},
		{Name: "500 with half of its body", answer: wire("HTTP/1.1 500 Internal Server Error\r\nContent-Length: {length}\r\n\r\n{half}", shut), Expected: broken.or(failed)},
		{Name: "500 with words of 4 MiB", answer: reply("500 Internal Server Error", json, `{"message":"`+times(4_000_000, "a")+`"}`), Expected: failed},
		{Name: "511 of a captive portal", answer: reply("511 Network Authentication Required", html, portal), Expected: failed},
		{Name: "200 of a captive portal", answer: reply("200 OK", html, portal), Expected: refused},

		{Name: "no version", answer: wire("HTTP 200 OK\r\n\r\n{json}", shut), Expected: broken.or(right).or(refused)},
		{Name: "HTTP/2.0 over HTTP/1.1", answer: wire("HTTP/2.0 200 OK\r\nContent-Length: {length}\r\n\r\n{json}"), Expected: broken.or(right)},
		{Name: "HTTP/9.9", answer: wire("HTTP/9.9 200 OK\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: broken.or(right).or(refused)},
		{Name: "http/1.1 in small letters", answer: wire("http/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: broken.or(right).or(refused)},
		{Name: "HTTP/0.9", answer: wire("{json}", shut), Expected: broken.or(right)},
		{Name: "ICY 200", answer: wire("ICY 200 OK\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: broken.or(right).or(refused)},
		{Name: "no status", answer: wire("HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: broken.or(right)},
		{Name: "two spaces before the status", answer: wire("HTTP/1.1  200 OK\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: broken.or(right)},
		{Name: "empty lines before it", answer: wire("\r\n\r\n"+sized+"{json}", shut), Expected: broken.or(right)},
		{Name: "empty lines without end", answer: wire(endless(times(1<<15, nothing))), Expected: broken.or(stalled).or(refused)},
		{Name: "a mail server's greeting", answer: wire("220 mail.example ESMTP\r\n", stall), Expected: broken.or(stalled), Native: broken},
		{Name: "SSH's greeting", answer: wire("SSH-2.0-OpenSSH_9.2\r\n", shut), Expected: broken.or(refused)},
		{Name: "TLS", answer: wire("\x15\x03\x01\x00\x02\x02\x28", shut), Expected: broken.or(refused)},
		{Name: "zeros without end", answer: wire(endless(times(1<<16, "\x00"))), Expected: broken.or(refused)},
	}
	for _, status := range []string{"201", "203", "208", "226", "299", "300", "305", "306", "402", "405", "409", "410", "413", "418", "421", "425", "431", "451", "499", "600", "999"} {
		table = append(table, Case{Name: status, answer: reply(status+" Odd", json, "{json}"), Expected: refused})
	}
	for _, status := range []string{"501", "503", "505", "520", "599"} {
		table = append(table, Case{Name: status, answer: reply(status+" Odd", html, portal), Expected: failed})
	}
	for _, status := range []string{"000", "001", "99", "1000", "2000", "204204"} {
		table = append(table, Case{Name: "a status of " + status, answer: wire("HTTP/1.1 "+status+" Odd\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: refused.or(broken)})
	}
	// Chromium reads the digits at the beginning; where there are none, 200.
	for _, status := range []string{"-1", "2e2", "0xc8", "200.0", "\u0662\u0660\u0660"} {
		table = append(table, Case{Name: "a status of " + status, answer: wire("HTTP/1.1 "+status+" Odd\r\nContent-Length: {length}\r\n\r\n{json}", shut), Expected: refused.or(broken).or(right)})
	}
	return table
}
