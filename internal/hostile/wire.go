package hostile

import (
	"compress/gzip"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// exchange is a request, and the connection to answer it by.
type exchange struct {
	request *http.Request
	// json is what the path's answer must have.
	json   string
	conn   net.Conn // HTTP/1.1's
	stream *stream  // HTTP/2's
}

// answer is what a request is answered with. After an error the connection is
// closed; else it is kept.
type answer func(x *exchange) error

// errOver ends a connection as its answer wants it to end.
var errOver = errors.New("the connection is over")

// Beginnings of answers.
const (
	ok      = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n"
	sized   = ok + "Content-Length: {length}\r\n\r\n"
	chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"
	// theHeader stands on all that traQ answers.
	theHeader = "X-Traq-Version: 3.28.4\r\n"
)

// fill puts in a text what the request is about: {json}, {half} and {rest} of
// it, its {length}, also in hexadecimal, and one {less} and one {more}.
func (x *exchange) fill(text string) string {
	if !strings.Contains(text, "}") || !slices.ContainsFunc(blanks, func(blank string) bool { return strings.Contains(text, blank) }) {
		return text // as the large ones are
	}
	half, n := len(x.json)/2, len(x.json)
	return strings.NewReplacer(
		"{json}", x.json, "{half}", x.json[:half], "{rest}", x.json[half:],
		"{length}", strconv.Itoa(n), "{hex}", strconv.FormatInt(int64(n), 16),
		"{less}", strconv.Itoa(n-1), "{more}", strconv.Itoa(n+1),
	).Replace(text)
}

var blanks = []string{"{json}", "{half}", "{rest}", "{length}", "{hex}", "{less}", "{more}"}

// write writes a text in pieces, as far as the other side takes them.
func (x *exchange) write(text string) error {
	for text != "" {
		n := min(len(text), 1<<16)
		if _, err := io.WriteString(x.conn, text[:n]); err != nil {
			return err
		}
		text = text[n:]
	}
	return nil
}

// wire writes texts, which are filled in, and does what is between them.
func wire(parts ...any) answer {
	return func(x *exchange) error {
		for _, part := range parts {
			var err error
			switch part := part.(type) {
			case string:
				err = x.write(x.fill(part))
			case answer:
				err = part(x)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}

var (
	shut answer = func(*exchange) error { return errOver }
	// reset breaks off without a farewell; what is on its way may be lost.
	reset answer = func(x *exchange) error {
		if tcp, is := x.conn.(*net.TCPConn); is {
			_ = tcp.SetLinger(0) // it is closed then all the same
		}
		return errOver
	}
	// stall does nothing until the other side goes away.
	stall answer = func(x *exchange) error {
		_, _ = io.Copy(io.Discard, x.conn)
		return errOver
	}
)

// muchMore is how much is written of what never ends: by far more than any client
// should read, and no more than a machine bears whose client reads all.
const muchMore = 64 << 20

// endless repeats a text, a short one less often, and then nothing comes any more.
func endless(text string) answer {
	return func(x *exchange) error {
		text := x.fill(text)
		for range min(muchMore/len(text), 5000) {
			if err := x.write(text); err != nil {
				return err
			}
		}
		return stall(x)
	}
}

// slowly writes a byte at a time.
func slowly(text string) answer {
	return func(x *exchange) error {
		for _, c := range []byte(x.fill(text)) {
			if _, err := x.conn.Write([]byte{c}); err != nil {
				return err
			}
			time.Sleep(20 * time.Millisecond)
		}
		return nil
	}
}

// reply is an answer that is right in its form: its body's length is told.
func reply(status, headers, body string) answer {
	return func(x *exchange) error {
		body := x.fill(body)
		if err := x.write("HTTP/1.1 " + status + "\r\n" + x.fill(headers) + "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n"); err != nil {
			return err
		}
		return x.write(body)
	}
}

// says is a reply of 200 with a text for JSON.
func says(body string) answer {
	return reply("200 OK", "Content-Type: application/json; charset=UTF-8\r\n", body)
}

// on answers requests otherwise whose path ends so, or that are of this method.
func on(what string, special, others answer) answer {
	return func(x *exchange) error {
		if x.request.Method == what || strings.HasSuffix(x.request.URL.Path, what) {
			return special(x)
		}
		return others(x)
	}
}

// packed is a reply of 200 whose body, made of the right JSON, is said to be
// encoded so.
func packed(encoding string, pack func(json string) string) answer {
	return func(x *exchange) error {
		return reply("200 OK", "Content-Type: application/json\r\nContent-Encoding: "+encoding+"\r\n", pack(x.json))(x)
	}
}

func gzipped(text string) string {
	var packed strings.Builder
	z := gzip.NewWriter(&packed)
	_, _ = io.WriteString(z, text) // to a strings.Builder, which takes all
	_ = z.Close()
	return packed.String()
}

// times repeats.
func times(n int, text string) string { return strings.Repeat(text, n) }
