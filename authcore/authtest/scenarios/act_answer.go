package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// Answer is a canned answer to every request of a path, as a broken server, a
// hostile one or a proxy may give it. What traQ says in such words has the header
// X-TRAQ-VERSION among its Headers.
type Answer struct {
	// Path is that of the requests, below the server's origin; "" for all below /api/.
	Path string `json:"path"`
	// Status is from 200 to 599. Only what is broken off needs none.
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	// Fill is how many spaces follow the body.
	Fill int `json:"fill"`
	// Break breaks the connection off: at once where Status is 0, within the
	// body where it is not.
	Break bool `json:"break"`
	// Wait is how many milliseconds pass before the answer begins.
	Wait int `json:"wait"`
	// Times is how many requests are answered so; 0 for all.
	Times int32 `json:"times"`
}

func answer(s *authtest.Server, args []json.RawMessage) error {
	if len(args) == 0 {
		s.Intercept(nil)
		return nil
	}
	var a Answer
	if err := object(args[0], &a); err != nil {
		return err
	}
	if err := a.check(); err != nil {
		return err
	}
	var answered atomic.Int32
	s.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if a.Path != "" && r.URL.Path != a.Path || a.Times > 0 && answered.Add(1) > a.Times {
			return false
		}
		a.write(w, r)
		return true
	})
	return nil
}

// check tells why it cannot be an answer, nil where it can.
func (a Answer) check() error {
	switch {
	case (a.Status < 200 || a.Status > 599) && (a.Status != 0 || !a.Break):
		return fmt.Errorf("its status is from 200 to 599, not %d", a.Status)
	case a.Path != "" && a.Path[0] != '/' || strings.ContainsAny(a.Path, "?#"):
		return fmt.Errorf("its path is one as /api/v3/users/me, not %s", a.Path)
	case a.Fill < 0, a.Wait < 0, a.Times < 0:
		return errors.New("its fill, wait and times are not below 0")
	}
	for name, value := range a.Headers {
		if err := checkHeader(name, value); err != nil {
			return err
		}
	}
	return nil
}

// checkHeader tells why a header cannot be sent (RFC 9110, section 5).
func checkHeader(name, value string) error {
	other := func(c rune) bool {
		return c <= ' ' || c >= 0x7F || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c)
	}
	control := func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7F }
	if name == "" || strings.ContainsFunc(name, other) || strings.ContainsFunc(value, control) {
		return fmt.Errorf("no header can be %q: %q", name, value)
	}
	return nil
}

// setDate sets the Date of answers that are otherwise as ever.
func setDate(s *authtest.Server, args []json.RawMessage) error {
	date, err := text(args[0])
	if err != nil {
		return err
	}
	if err := checkHeader("Date", date); err != nil {
		return err
	}
	offset, err := time.ParseDuration(date)
	s.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		date := date
		if err == nil {
			date = s.Time().Add(offset).UTC().Format(http.TimeFormat)
		}
		w.Header().Set("Date", date)
		return false
	})
	return nil
}

func (a Answer) write(w http.ResponseWriter, r *http.Request) {
	select {
	case <-time.After(time.Duration(a.Wait) * time.Millisecond):
	case <-r.Context().Done():
		return
	}
	if a.Break && a.Status == 0 {
		panic(http.ErrAbortHandler)
	}
	for name, value := range a.Headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write([]byte(a.Body)) // a caller who went away misses it
	spaces := make([]byte, 64<<10)
	for i := range spaces {
		spaces[i] = ' '
	}
	for left := a.Fill; left > 0; left -= len(spaces) {
		if _, err := w.Write(spaces[:min(left, len(spaces))]); err != nil {
			return
		}
	}
	if a.Break {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}
