package hostile

import (
	"strings"

	"github.com/traq-auth/traq-auth/authcore"
)

// bodies that break off, stall, never end or are packed. Browsers take a head that
// is closed before its end for a whole one, and Firefox a body too; WebKit does so with chunks.
func bodies() []Case {
	const gz = "Content-Encoding: gzip\r\n"
	mangled := func(change func(packed string) string) func(string) string {
		return func(json string) string { return change(gzipped(json)) }
	}
	return []Case{
		{Name: "nothing, closed", answer: wire(shut), Expected: broken},
		{Name: "nothing, reset", answer: wire(reset), Expected: broken},
		{Name: "nothing, for ever", answer: wire(stall), Expected: stalled},
		{Name: "half a status line, closed", answer: wire("HTTP/1.", shut), Expected: broken.or(refused)},
		{Name: "a status line alone, closed", answer: wire("HTTP/1.1 200 OK\r\n", shut), Expected: broken.or(refused)},
		{Name: "a status line alone, reset", answer: wire("HTTP/1.1 200 OK\r\n", reset), Expected: broken},
		{Name: "a status line alone, for ever", answer: wire("HTTP/1.1 200 OK\r\n", stall), Expected: stalled},
		{Name: "half a header, closed", answer: wire("HTTP/1.1 200 OK\r\nContent-Le", shut), Expected: broken.or(refused)},
		{Name: "a head without its end, for ever", answer: wire(ok+"Content-Length: {length}\r\n", stall), Expected: stalled},
		{Name: "a head, closed", answer: wire(sized, shut), Expected: broken.or(refused)},
		{Name: "a head, reset", answer: wire(sized, reset), Expected: broken},
		{Name: "a head, for ever", answer: wire(sized, stall), Expected: stalled},
		{Name: "a head of chunks, closed", answer: wire(chunked, shut), Expected: broken.or(refused)},
		{Name: "half, closed", answer: wire(sized+"{half}", shut), Expected: broken.or(refused)},
		{Name: "half, reset", answer: wire(sized+"{half}", reset), Expected: broken},
		{Name: "half, for ever", answer: wire(sized+"{half}", stall), Expected: stalled},
		{Name: "half without a length, closed", answer: wire(ok+"\r\n{half}", shut), Expected: refused},
		{Name: "half without a length, reset", answer: wire(ok+"\r\n{half}", reset), Expected: broken},
		{Name: "half in a chunk, closed", answer: wire(chunked+"{hex}\r\n{half}", shut), Expected: broken.or(refused)},
		{Name: "half in a chunk, reset", answer: wire(chunked+"{hex}\r\n{half}", reset), Expected: broken},
		{Name: "half in a chunk, for ever", answer: wire(chunked+"{hex}\r\n{half}", stall), Expected: stalled},
		{Name: "all in a chunk, and no last one, closed", answer: wire(chunked+"{hex}\r\n{json}\r\n", shut), Expected: broken.or(right)},
		{Name: "all in a chunk, and no last one, for ever", answer: wire(chunked+"{hex}\r\n{json}\r\n", stall), Expected: stalled},
		{Name: "all, reset", answer: wire(sized+"{json}", reset), Expected: right.or(broken)},
		{Name: "all, closed before the next request", answer: wire(sized+"{json}", shut), Expected: right},
		{Name: "all without a length, closed", answer: wire(ok+"\r\n{json}", shut), Expected: right},
		{Name: "all without a length, for ever", answer: wire(ok+"\r\n{json}", stall), Expected: stalled},
		{Name: "a head that comes byte by byte and never ends", answer: wire(slowly(ok + times(500, "X-Slow: 1\r\n"))), Expected: stalled},
		{Name: "a body that comes byte by byte and never ends", answer: wire(ok+"Content-Length: 5000\r\n\r\n", slowly(spaces(5000))), Expected: stalled},
		{Name: "an answer of somebody else's behind it", answer: wire(sized + "{json}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"), Expected: right},
		{Name: "garbage behind it", answer: wire(sized + "{json}\x00\x01\x02 garbage\r\n\r\n"), Expected: right},

		{Name: "spaces without end", answer: wire(ok+"\r\n", endless(spaces(1<<16))), Expected: refused},
		{Name: "chunks without end", answer: wire(chunked, endless("10000\r\n"+spaces(1<<16)+"\r\n")), Expected: refused},
		{Name: "small chunks without end", answer: wire(chunked, endless(times(1000, "1\r\n[\r\n"))), Expected: refused.or(stalled)},
		{Name: "all, and spaces without end", answer: wire(ok+"\r\n{json}", endless(spaces(1<<16))), Expected: refused},
		{Name: "a string without end", answer: wire(ok+"\r\n[{\"id\":\"", endless(times(1<<16, "a"))), Expected: refused},
		{Name: "an array without end", answer: wire(ok+"\r\n[", endless(times(1000, "{json},"))), Expected: refused},
		{Name: "exactly 4 MiB", answer: padded(authcore.MaxBody), Expected: right},
		{Name: "one byte over 4 MiB", answer: padded(authcore.MaxBody + 1), Expected: refused},
		{Name: "5 MiB in an error", answer: reply("500 Internal Server Error", "", spaces(5<<20)), Expected: refused},

		{Name: "gzip", answer: packed("gzip", gzipped), Expected: right},
		{Name: "gzip of an empty text", answer: packed("gzip", func(string) string { return gzipped("") }), Expected: refused},
		{Name: "gzip with a length that is the unpacked one's, closed", answer: wire(ok+gz+"Content-Length: 100000\r\n\r\n"+gzipped(""), shut), Expected: broken.or(refused)},
		{Name: "gzip, broken off", answer: packed("gzip", mangled(func(z string) string { return z[:len(z)/2] })), Expected: broken.or(refused)},
		{Name: "gzip with another checksum", answer: packed("gzip", mangled(func(z string) string { return z[:len(z)-8] + "\x00\x01\x02\x03" + z[len(z)-4:] })), Expected: broken.or(right).or(refused)},
		{Name: "gzip with garbage behind it", answer: packed("gzip", mangled(func(z string) string { return z + "garbage" })), Expected: broken.or(right)},
		{Name: "gzip that is none", answer: packed("gzip", strings.Clone), Expected: broken.or(refused).or(right)},
		{Name: "gzip that is empty", answer: packed("gzip", func(string) string { return "" }), Expected: broken.or(refused)},
		{Name: "gzip that is said to be none", answer: says(gzipped("[]")), Expected: refused},
		{Name: "an unknown encoding", answer: packed("x-odd", strings.Clone), Expected: right.or(broken)},
		{Name: "no encoding, by name", answer: packed("identity", strings.Clone), Expected: right},
		{Name: "ten encodings, of which nine are not there", answer: packed(times(9, "gzip, ")+"gzip", gzipped), Expected: broken.or(refused)},
		{Name: "gzip in gzip in gzip", answer: packed("gzip, gzip, gzip", func(json string) string { return nested(3, json) }), Expected: right.or(broken).or(refused)},
		{Name: "a bomb of gzip", answer: wire(ok+gz+"\r\n"+gzipBomb, endless(gzipBlock())), Expected: refused},
		{Name: "a bomb of gzip, in chunks", answer: wire(ok+gz+"Transfer-Encoding: chunked\r\n\r\na\r\n"+gzipBomb+"\r\n", endless(inChunk(gzipBlock()))), Expected: refused},
		{Name: "a bomb of gzip in gzip", answer: packed("gzip, gzip", func(string) string { return nestedBomb() }), Expected: refused},
		{Name: "a bomb of brotli", answer: packed("br", func(string) string { return brotliBomb() }), Expected: refused},
		{Name: "a bomb of zstd", answer: wire(ok+"Content-Encoding: zstd\r\n\r\n"+zstdBomb, endless(times(1000, zstdBlock))), Expected: refused.or(stalled)},
	}
}

// padded is the right JSON with so many spaces behind it that it has this size.
func padded(size int) answer {
	return func(x *exchange) error { return says(x.json + spaces(size-len(x.json)))(x) }
}
