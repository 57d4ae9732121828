package hostile

import (
	"bytes"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// session is a connection of HTTP/2. It does as a server should, until an answer
// does otherwise.
type session struct {
	conn   *tls.Conn
	server *Server

	mu sync.Mutex // for all that follows
	// changed is broadcast when a window or a stream has.
	changed sync.Cond
	framer  *http2.Framer
	encoder *hpack.Encoder
	block   bytes.Buffer
	window  int64 // of the connection
	initial int64 // of a new stream
	streams map[uint32]*stream
	ended   bool
}

// stream is a request's.
type stream struct {
	*session
	id       uint32
	request  *http.Request
	window   int64
	finished bool // reset, or the connection is over
}

// serveHTTP2 answers the requests of a connection whose preface is still to come.
func (s *Server) serveHTTP2(conn *tls.Conn) {
	preface := make([]byte, len(http2.ClientPreface))
	if _, err := io.ReadFull(conn, preface); err != nil || string(preface) != http2.ClientPreface {
		return
	}
	c := &session{conn: conn, server: s, framer: http2.NewFramer(conn, conn), window: 65_535, initial: 65_535, streams: map[uint32]*stream{}}
	c.changed.L = &c.mu
	c.encoder = hpack.NewEncoder(&c.block)
	c.framer.AllowIllegalWrites = true
	c.framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	_ = c.locked(func() error { return c.framer.WriteSettings() })
	for c.read() == nil {
	}
	_ = c.locked(func() error {
		c.ended = true
		for _, stream := range c.streams {
			stream.finished = true
		}
		c.changed.Broadcast()
		return nil
	})
}

func (c *session) locked(task func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return task()
}

// read takes note of a frame.
func (c *session) read() error {
	frame, err := c.framer.ReadFrame()
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.changed.Broadcast()
	stream := c.streams[frame.Header().StreamID]
	switch frame := frame.(type) {
	case *http2.SettingsFrame:
		if frame.IsAck() {
			return nil
		}
		if size, given := frame.Value(http2.SettingInitialWindowSize); given {
			c.initial = int64(size)
		}
		return c.framer.WriteSettingsAck()
	case *http2.PingFrame:
		if !frame.IsAck() {
			return c.framer.WritePing(true, frame.Data)
		}
	case *http2.WindowUpdateFrame:
		if frame.StreamID == 0 {
			c.window += int64(frame.Increment)
		} else if stream != nil {
			stream.window += int64(frame.Increment)
		}
	case *http2.RSTStreamFrame:
		if stream != nil {
			stream.finished = true
			delete(c.streams, frame.StreamID)
		}
	case *http2.MetaHeadersFrame:
		c.begin(frame)
	case *http2.DataFrame:
		if stream != nil && frame.StreamEnded() {
			go stream.answer()
		}
	}
	return nil
}

// begin makes a stream for a request. Its body, which is small, is of no concern.
func (c *session) begin(frame *http2.MetaHeadersFrame) {
	request := &http.Request{Method: frame.PseudoValue("method"), Header: http.Header{}, Proto: "HTTP/2.0", ProtoMajor: 2, Host: frame.PseudoValue("authority"), Body: http.NoBody}
	target, err := url.ParseRequestURI(frame.PseudoValue("path"))
	if err != nil {
		return
	}
	request.URL = target
	for _, field := range frame.RegularFields() {
		request.Header.Add(field.Name, field.Value)
	}
	stream := &stream{session: c, id: frame.StreamID, request: request, window: c.initial}
	c.streams[stream.id] = stream
	if frame.StreamEnded() {
		go stream.answer()
	}
}

// answer answers a stream's request.
func (s *stream) answer() {
	x := &exchange{request: s.request, json: rightJSON(s.request.URL.Path), conn: s.conn, stream: s}
	var err error
	if play := s.server.answerOf(s.request); play != nil {
		err = play(x)
	} else {
		recorder := httptest.NewRecorder()
		s.server.handler.ServeHTTP(recorder, s.request)
		err = s.plain(recorder)
	}
	if err != nil {
		_ = s.conn.NetConn().Close() // without TLS's farewell
	}
	_ = s.locked(func() error {
		delete(s.streams, s.id)
		return nil
	})
}

// plain is an answer as it should be.
func (s *stream) plain(recorder *httptest.ResponseRecorder) error {
	fields := []string{":status", strconv.Itoa(recorder.Code)}
	for name, values := range recorder.Header() {
		for _, value := range values {
			fields = append(fields, strings.ToLower(name), value)
		}
	}
	if err := s.headers(false, fields...); err != nil {
		return err
	}
	return s.data(true, recorder.Body.String())
}

// headers writes names and values.
func (s *stream) headers(end bool, fields ...string) error {
	return s.locked(func() error {
		block := s.encoded(fields...)
		first := block[:min(len(block), 16_000)]
		rest := block[len(first):]
		err := s.framer.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, BlockFragment: first, EndStream: end, EndHeaders: len(rest) == 0})
		for err == nil && len(rest) > 0 {
			piece := rest[:min(len(rest), 16_000)]
			rest = rest[len(piece):]
			err = s.framer.WriteContinuation(s.id, len(rest) == 0, piece)
		}
		return err
	})
}

func (s *stream) encoded(fields ...string) []byte {
	s.block.Reset()
	for i := 0; i < len(fields); i += 2 {
		// To a buffer, which takes all.
		_ = s.encoder.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1], Sensitive: true})
	}
	return bytes.Clone(s.block.Bytes())
}

// data writes as much as the windows allow at a time.
func (s *stream) data(end bool, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for text != "" && !s.finished && min(s.window, s.session.window) <= 0 {
			s.changed.Wait()
		}
		if s.finished {
			return nil
		}
		n := len(text)
		if n > 0 {
			n = int(min(int64(n), s.window, s.session.window, 16_384))
		}
		s.window -= int64(n)
		s.session.window -= int64(n)
		last := n == len(text)
		if err := s.framer.WriteData(s.id, end && last, []byte(text[:n])); err != nil || last {
			return err
		}
		text = text[n:]
	}
}

// wait waits until the other side does not want the stream any more.
func (s *stream) wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.finished && !s.ended {
		s.changed.Wait()
	}
}

// frames is an answer of HTTP/2: what each does, one after the other, with the
// first error the connection's end.
func frames(does ...func(s *stream) error) answer {
	return func(x *exchange) error {
		for _, do := range does {
			if err := do(x.stream); err != nil {
				return err
			}
		}
		return nil
	}
}

// head writes a head of 200, and these fields.
func head(fields ...string) func(*stream) error { return status("200", fields...) }

func status(code string, fields ...string) func(*stream) error {
	return func(s *stream) error {
		return s.headers(false, append([]string{":status", code}, s.filled(fields)...)...)
	}
}

// fields writes these alone, and ends the stream.
func fields(fields ...string) func(*stream) error {
	return func(s *stream) error { return s.headers(true, s.filled(fields)...) }
}

func (s *stream) filled(fields []string) []string {
	x := &exchange{json: rightJSON(s.request.URL.Path)}
	filled := make([]string, len(fields))
	for i, field := range fields {
		filled[i] = x.fill(field)
	}
	return filled
}

// body writes a text, and last one that is the end.
func body(text string) func(*stream) error {
	return func(s *stream) error { return s.data(false, s.filled([]string{text})[0]) }
}

func last(text string) func(*stream) error {
	return func(s *stream) error { return s.data(true, s.filled([]string{text})[0]) }
}

// rst resets the stream.
func rst(code http2.ErrCode) func(*stream) error {
	return func(s *stream) error {
		return s.locked(func() error { return s.framer.WriteRSTStream(s.id, code) })
	}
}

// away bids the connection farewell; of the requests up to this one it has seen.
func away(seen int, code http2.ErrCode, debug string) func(*stream) error {
	return func(s *stream) error {
		return s.locked(func() error {
			return s.framer.WriteGoAway(uint32(max(0, int(s.id)+seen)), code, []byte(debug))
		})
	}
}

// frame writes any frame; of the stream, or of another.
func frame(kind http2.FrameType, flags http2.Flags, id func(own uint32) uint32, payload string) func(*stream) error {
	return func(s *stream) error {
		return s.locked(func() error { return s.framer.WriteRawFrame(kind, flags, id(s.id), []byte(payload)) })
	}
}

func own(id uint32) uint32  { return id }
func none(uint32) uint32    { return 0 }
func next(id uint32) uint32 { return id + 2 }

// block writes a head whose block is this, coded already.
func block(coded string) func(*stream) error {
	return frame(http2.FrameHeaders, http2.FlagHeadersEndHeaders|http2.FlagHeadersEndStream, own, coded)
}

// repeat does a thing so often, or as long as the stream is wanted.
func repeat(n int, do func(*stream) error) func(*stream) error {
	return func(s *stream) error {
		for range n {
			s.mu.Lock()
			over := s.finished || s.ended
			s.mu.Unlock()
			if over {
				return nil
			}
			if err := do(s); err != nil {
				return err
			}
		}
		return nil
	}
}

func pause(s *stream) error {
	time.Sleep(20 * time.Millisecond)
	return nil
}

func waits(s *stream) error {
	s.wait()
	return nil
}

func hangsUp(*stream) error { return errOver }
