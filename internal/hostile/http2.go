package hostile

import (
	"encoding/binary"
	"strconv"

	"golang.org/x/net/http2"
)

// http2s break HTTP/2's own rules, RFC 9113. Requests that are said not to have
// been seen, browsers send again, as often as they like.
func http2s() []Case {
	row := func(name string, a answer, e Expected) Case {
		return Case{Name: name, answer: a, Expected: e, HTTP2: true}
	}
	lots := times(1<<14, " ")
	length := func(value string) func(*stream) error { return head("content-length", value) }
	table := []Case{
		row("all is well", frames(length("{length}"), last("{json}")), right),
		row("204", frames(fields(":status", "204")), done),
		row("a frame a byte", frames(length("{length}"), body("{half}"), repeat(20, body("")), last("{rest}")), right),
		row("padding", frames(length("{length}"), func(s *stream) error {
			return s.locked(func() error {
				text := s.filled([]string{"{json}"})[0]
				return s.framer.WriteDataPadded(s.id, true, []byte(text), make([]byte, 200))
			})
		}), right),
		row("a trailer", frames(head(), body("{json}"), fields("x-request-id", "late")), right),
		row("a trailer that is a status", frames(head(), body("{json}"), fields(":status", "500")), broken.or(right)),
		row("103, and then the answer", frames(status("103", "link", "</elsewhere>; rel=preload"), length("{length}"), last("{json}")), right),
		row("103 without end", frames(repeat(100_000, status("103")), waits), broken.or(stalled)),
		row("103, and no answer", frames(fields(":status", "103")), broken.or(stalled)),
		row("103, and a body without an answer", frames(status("103"), last("{json}"), waits), broken.or(stalled)),
		row("101", frames(status("101"), last("{json}")), broken.or(right).or(stalled)),

		row("nothing, for ever", frames(waits), stalled),
		row("nothing, hung up", frames(hangsUp), broken),
		row("a head, for ever", frames(head(), waits), stalled),
		row("a head, hung up", frames(head(), hangsUp), broken),
		row("half, for ever", frames(head(), body("{half}"), waits), stalled),
		row("half, hung up", frames(head(), body("{half}"), hangsUp), broken),
		row("half, and the end", frames(head(), last("{half}")), refused),
		row("half of its length, and the end", frames(length("{length}"), last("{half}")), broken.or(refused)),
		row("all, and no end", frames(length("{length}"), body("{json}"), waits), stalled.or(right)),
		row("all, and the end, hung up", frames(length("{length}"), last("{json}"), hangsUp), right.or(broken)),
		row("a byte at a time", frames(head(), repeat(5000, func(s *stream) error { _ = pause(s); return s.data(false, " ") }), waits), stalled),

		row("more than its length", frames(length("{less}"), last("{json}")), broken.or(right).or(refused)),
		row("a length of 10, and no end", frames(length("10"), repeat(muchMore/len(lots), body(lots)), waits), refused.or(broken)),
		row("spaces without end", frames(head(), repeat(muchMore/len(lots), body(lots)), waits), refused),
		row("a bomb of gzip", frames(head("content-encoding", "gzip"), body(gzipBomb), repeat(muchMore/1000, body(gzipBlock())), waits), refused),
		row("a bomb of brotli", frames(head("content-encoding", "br"), last(brotliBomb())), refused),
		row("empty frames without end", frames(head(), repeat(300_000, body("")), waits), stalled.or(broken)),
		row("two lengths", frames(head("content-length", "{length}", "content-length", "{more}"), last("{json}")), broken.or(right)),
		row("over its window", frames(head(), func(s *stream) error {
			for range 2000 {
				if err := frame(http2.FrameData, 0, own, lots)(s); err != nil {
					return err
				}
			}
			return nil
		}, waits), broken.or(refused)),

		row("no status", frames(fields("content-length", "0")), broken),
		row("two statuses", frames(fields(":status", "204", ":status", "200")), broken.or(done).or(refused)),
		row("a status behind a header", frames(fields("x-odd", "1", ":status", "204")), broken),
		row("another pseudo-header", frames(fields(":status", "204", ":path", "/elsewhere")), broken.or(done)),
		row("a header in capitals", frames(head("X-Odd", "1"), last("{json}")), broken.or(right)),
		row("a header of HTTP/1.1", frames(head("connection", "close", "transfer-encoding", "chunked"), last("{json}")), broken.or(right)),
		row("a header with a line feed", frames(head("x-odd", "a\r\nset-cookie: b=c"), last("{json}")), broken.or(right)),
		row("a header with a zero", frames(head("x-odd", "a\x00b"), last("{json}")), broken.or(right)),
		row("a header without a name", frames(head("", "1"), last("{json}")), broken.or(right)),
		row("37 MiB of headers", frames(frame(http2.FrameHeaders, 0, own, "\x88\x00\x05x-odd\x7f"+varint(37<<20-127)), repeat(37<<6, frame(http2.FrameContinuation, 0, own, lots)), frame(http2.FrameContinuation, http2.FlagContinuationEndHeaders, own, ""), last("{json}")), broken.or(right)),
		row("a block that is none", frames(block("\xff\xff\xff\xff\xff\xff\xff\xff\xff")), broken),
		row("a block that unpacks to 60 MiB", frames(block("\x88\x40\x05x-odd\x7f"+varint(4000-127)+times(4000, "a")+times(12_000, "\xbe"))), broken.or(refused)),
		row("CONTINUATION without end", frames(frame(http2.FrameHeaders, 0, own, "\x88"), repeat(20_000, frame(http2.FrameContinuation, 0, own, times(100, "\x00\x01a\x01b")))), broken.or(stalled)),
		row("CONTINUATION of nothing", frames(frame(http2.FrameContinuation, http2.FlagContinuationEndHeaders, own, "\x88")), broken.or(stalled)),
		row("a head twice", frames(head(), head(), last("{json}")), broken.or(right)),

		row("a body before its head", frames(last("{json}")), broken),
		row("a body of a stream that nobody opened", frames(frame(http2.FrameData, 0, next, "{}"), waits), broken.or(stalled)),
		row("a body of no stream", frames(frame(http2.FrameData, 0, none, "{}"), waits), broken.or(stalled)),
		row("a head of a stream that nobody opened", frames(frame(http2.FrameHeaders, http2.FlagHeadersEndHeaders, next, "\x88"), waits), broken.or(stalled)),
		row("a push", frames(frame(http2.FramePushPromise, http2.FlagPushPromiseEndHeaders, own, "\x00\x00\x00\x02\x88"), waits), broken.or(stalled)),
		row("a frame over its size", frames(head(), frame(http2.FrameData, 0, own, times(1<<20, " ")), waits), broken),
		row("a frame of an unknown type, 10,000 times", frames(repeat(10_000, frame(0xbb, 0xff, own, "odd")), head(), last("{json}")), right.or(broken)),
		row("PING, 10,000 times", frames(repeat(10_000, frame(http2.FramePing, 0, none, "12345678")), head(), last("{json}")), right.or(broken)),
		row("PING of a wrong size", frames(frame(http2.FramePing, 0, none, "1234"), waits), broken.or(stalled)),
		row("SETTINGS, 2,000 times", frames(repeat(2_000, frame(http2.FrameSettings, 0, none, "\x00\x03\x00\x00\x00\x64")), head(), last("{json}")), right.or(broken)),
		row("SETTINGS that there are not", frames(frame(http2.FrameSettings, 0, none, "\x00\x04\xff\xff\xff\xff"), waits), broken.or(stalled)),
		row("SETTINGS of a wrong size", frames(frame(http2.FrameSettings, 0, none, "odd"), waits), broken.or(stalled)),
		row("a window of nothing", frames(frame(http2.FrameWindowUpdate, 0, own, "\x00\x00\x00\x00"), waits), broken.or(stalled)),
		row("a window that is too large", frames(frame(http2.FrameWindowUpdate, 0, none, "\x7f\xff\xff\xff"), frame(http2.FrameWindowUpdate, 0, none, "\x7f\xff\xff\xff"), waits), broken.or(stalled)),
		row("HTTP/1.1", frames(func(s *stream) error {
			_, err := s.conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"))
			return err
		}, waits), broken),

		row("all, and then reset without an error", frames(length("{length}"), last("{json}"), rst(http2.ErrCodeNo)), right),
		row("reset in the middle", frames(head(), body("{half}"), rst(http2.ErrCodeInternal)), broken),
		row("reset behind its length", frames(length("{length}"), body("{json}"), rst(http2.ErrCodeCancel)), broken.or(right)),
		row("farewell behind the answer", frames(length("{length}"), last("{json}"), away(0, http2.ErrCodeNo, "")), right),
		row("farewell before the answer", frames(away(0, http2.ErrCodeNo, ""), length("{length}"), last("{json}")), right),
		row("farewell in the middle, hung up", frames(head(), body("{half}"), away(0, http2.ErrCodeNo, ""), hangsUp), broken),
		row("farewell without having seen it", frames(away(-2, http2.ErrCodeNo, "")), broken.or(stalled)),
		row("farewell for an error", frames(away(0, http2.ErrCodeInternal, ""), hangsUp), broken),
		row("farewell of 10 KiB", frames(away(0, http2.ErrCodeEnhanceYourCalm, times(10_000, "a")), hangsUp), broken),
	}
	for _, code := range []string{"000", "99", "999", "1000", "2e2", ""} {
		table = append(table, row("a status of "+strconv.Quote(code), frames(status(code), last("{json}")), broken.or(refused)))
	}
	for _, code := range []http2.ErrCode{http2.ErrCodeNo, http2.ErrCodeProtocol, http2.ErrCodeRefusedStream, http2.ErrCodeCancel, http2.ErrCodeEnhanceYourCalm, 0xffff} {
		table = append(table, row("reset, "+code.String(), frames(rst(code)), broken.or(stalled)))
	}
	return table
}

// varint is the rest of a number that its first byte has no room for: RFC 7541,
// section 5.1.
func varint(n int) string {
	return string(binary.AppendUvarint(nil, uint64(n)))
}
