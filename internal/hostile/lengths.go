package hostile

import (
	"strconv"
	"strings"
)

// lengths that lie. Where a length is no number, RFC 9112, section 6.3, has a
// client give up; some take it for none.
func lengths() []Case {
	short := func(header string) answer { return wire(ok+header+"\r\n\r\n{json}", shut) }
	long := func(header string) answer { return wire(ok+header+"\r\n\r\n", endless(spaces(1<<16))) }
	both := func(length string) answer {
		return wire(ok + "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n\r\n{hex}\r\n{json}\r\n0\r\n\r\n")
	}
	bothLong := func(length string) answer {
		return wire(ok+"Content-Length: "+length+"\r\nTransfer-Encoding: chunked\r\n\r\n", endless(inChunk(spaces(1<<16))))
	}
	table := []Case{
		{Name: "one byte less, closed", answer: wire(ok+"Content-Length: {less}\r\n\r\n{json}", shut), Expected: refused},
		{Name: "one byte less, kept", answer: wire(ok + "Content-Length: {less}\r\n\r\n{json}"), Expected: refused},
		{Name: "one byte more, closed", answer: wire(ok+"Content-Length: {more}\r\n\r\n{json}", shut), Expected: broken.or(right)},
		{Name: "one byte more, for ever", answer: wire(ok+"Content-Length: {more}\r\n\r\n{json}", stall), Expected: stalled},
		{Name: "0", answer: wire(ok+"Content-Length: 0\r\n\r\n{json}", shut), Expected: refused},
		{Name: "with a zero before it", answer: wire(ok + "Content-Length: 0{length}\r\n\r\n{json}"), Expected: right.or(broken)},
		{Name: "with spaces around it", answer: wire(ok + "Content-Length:  \t {length} \t \r\n\r\n{json}"), Expected: right},
		{Name: "twice", answer: wire(ok + "Content-Length: {length}\r\nContent-Length: {length}\r\n\r\n{json}"), Expected: right.or(broken)},
		{Name: "twice in a header", answer: wire(ok+"Content-Length: {length}, {length}\r\n\r\n{json}", shut), Expected: right.or(broken)},
		{Name: "two", answer: wire(ok+"Content-Length: {length}\r\nContent-Length: {more}\r\n\r\n{json}", shut), Expected: broken},
		{Name: "a hundred", answer: wire(ok+times(100, "Content-Length: {length}\r\n")+"\r\n{json}", shut), Expected: right.or(broken)},
		{Name: "2^63 - 1", answer: short("Content-Length: 9223372036854775807"), Expected: broken.or(right)},
		{Name: "2^63 - 1, and no end", answer: long("Content-Length: 9223372036854775807"), Expected: refused.or(broken)},
		{Name: "4 MiB + 1, for ever", answer: wire(ok+"Content-Length: 4194305\r\n\r\n{json}", stall), Expected: stalled.or(refused)},
		{Name: "2 beside chunks", answer: both("2"), Expected: right.or(broken)},
		{Name: "10 beside chunks without end", answer: bothLong("10"), Expected: refused.or(broken)},
		{Name: "HTTP/1.0, none, closed", answer: wire("HTTP/1.0 200 OK\r\n\r\n{json}", shut), Expected: right},
		{Name: "HTTP/1.0, none, and no end", answer: wire("HTTP/1.0 200 OK\r\n\r\n", endless(spaces(1<<16))), Expected: refused},
		{Name: "HTTP/1.0 in chunks", answer: wire("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{hex}\r\n{json}\r\n0\r\n\r\n", shut), Expected: right.or(broken).or(refused)},

		{Name: "chunks, by another name", answer: wire(ok+"Transfer-Encoding: CHUNKED\r\n\r\n{hex}\r\n{json}\r\n0\r\n\r\n", shut), Expected: right},
		{Name: "chunks, twice", answer: wire(ok+"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n{hex}\r\n{json}\r\n0\r\n\r\n", shut), Expected: right.or(broken).or(refused)},
		{Name: "chunks in gzip that is none", answer: wire(ok+"Transfer-Encoding: gzip, chunked\r\n\r\n{hex}\r\n{json}\r\n0\r\n\r\n", shut), Expected: right.or(broken).or(refused)},
		{Name: "an unknown transfer encoding", answer: wire(ok+"Transfer-Encoding: x-odd\r\n\r\n{json}", shut), Expected: right.or(broken)},
		{Name: "chunks that are none", answer: wire(chunked+"{json}", shut), Expected: broken},
		{Name: "a chunk of -1", answer: wire(chunked+"-1\r\n{json}\r\n0\r\n\r\n", shut), Expected: broken.or(refused)},
		{Name: "a chunk of 0x10", answer: wire(chunked+"0x10\r\n{json}\r\n0\r\n\r\n", shut), Expected: broken.or(refused)},
		{Name: "a chunk of 2^64 - 1", answer: wire(chunked+"FFFFFFFFFFFFFFFF\r\n{json}\r\n0\r\n\r\n", shut), Expected: broken.or(refused)},
		{Name: "a chunk of 2^80", answer: wire(chunked+"100000000000000000000\r\n{json}\r\n0\r\n\r\n", shut), Expected: broken.or(refused)},
		{Name: "a chunk without a size", answer: wire(chunked+"\r\n{json}\r\n0\r\n\r\n", shut), Expected: broken.or(refused)},
		{Name: "a chunk of one byte less", answer: wire(chunked+"1\r\n{json}\r\n0\r\n\r\n", shut), Expected: broken.or(refused)},
		{Name: "a chunk with a size of many zeros", answer: wire(chunked+times(12, "0")+"{hex}\r\n{json}\r\n0\r\n\r\n", shut), Expected: right.or(broken)},
		{Name: "a chunk whose size has a space behind it", answer: wire(chunked+"{hex} \r\n{json}\r\n0\r\n\r\n", shut), Expected: right.or(broken)},
		{Name: "a chunk with an extension", answer: wire(chunked + "{hex};a=\"b\\\"c\";d\r\n{json}\r\n0\r\n\r\n"), Expected: right},
		{Name: "a chunk with an extension without end", answer: wire(chunked+"{hex};", endless(times(1000, "a"))), Expected: broken.or(stalled)},
		{Name: "lines of chunks that end with LF alone", answer: wire(chunked+"{hex}\n{json}\n0\n\n", shut), Expected: right.or(broken)},
		{Name: "a trailer", answer: wire(chunked + "{hex}\r\n{json}\r\n0\r\nX-Request-Id: late\r\nContent-Length: 1\r\n\r\n"), Expected: right.or(broken)},
		{Name: "a trailer without end", answer: wire(chunked+"{hex}\r\n{json}\r\n0\r\n", endless(times(100, "X-Late: 1\r\n"))), Expected: broken.or(stalled).or(right)},
		{Name: "a trailer without its end, for ever", answer: wire(chunked+"{hex}\r\n{json}\r\n0\r\n", stall), Expected: stalled},
	}
	for _, length := range []string{"-1", "", "0x10", "1e3", "+10", "10.5", "1_0", "NaN", "10 10", "10;q=1", "\"10\"", "99999999999999999999", "\u0661\u0660"} {
		name := strconv.Quote(length)
		table = append(table,
			Case{Name: name, answer: short("Content-Length: " + length), Expected: right.or(broken).or(refused)},
			Case{Name: name + ", and no end", answer: long("Content-Length: " + length), Expected: refused.or(broken)},
			Case{Name: name + " beside chunks without end", answer: bothLong(length), Expected: refused.or(broken)},
		)
	}
	return table
}

func inChunk(text string) string {
	return strings.ToUpper(strconv.FormatInt(int64(len(text)), 16)) + "\r\n" + text + "\r\n"
}
