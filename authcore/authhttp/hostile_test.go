package authhttp_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
	"github.com/traq-auth/traq-auth/internal/hostile"
)

const (
	// A call may take so long where its row stalls, and where it must not.
	hostileShort = time.Second
	hostileLong  = time.Minute
	// hostileMargin is by how much later than its time a call may settle.
	hostileMargin = 5 * time.Second
	// hostileHeader is how many bytes there may be of a header.
	hostileHeader = 3000
	// So many calls wait at a time, and so many have work to do.
	hostileWaiting = 64
	hostileWorking = 4
	// hostileLeft is how many goroutines of net/http's may still be ending.
	hostileLeft = 8
	// hostileHeap is how much memory there may be in use, the server's and the
	// tables' included.
	hostileHeap = 768 << 20
)

// hostileArgs are the arguments of a call.
func hostileArgs(c *hostile.Case, op string) []json.RawMessage {
	options := json.RawMessage(`{"redirect":"` + c.Redirect + `"}`)
	switch op {
	case authcore.OpLogin:
		return []json.RawMessage{[]byte(`{"name":"alice","password":"password1234"}`), options}
	case authcore.OpLogout:
		return []json.RawMessage{options}
	case authcore.OpRevokeSession:
		return []json.RawMessage{[]byte(`"` + sessionID + `"`)}
	}
	return []json.RawMessage{[]byte(`"oidc"`)} // where one is taken
}

// Whatever a server answers, every method comes to what the table says in its
// time, and the next call of the same client is right.
func TestHostileServer(t *testing.T) {
	cases := hostile.Cases()
	require.GreaterOrEqual(t, len(cases), 200)
	only := regexp.MustCompile(os.Getenv("HOSTILE")) // to look at some
	cases = slices.DeleteFunc(cases, func(c hostile.Case) bool { return !only.MatchString(c.Name) })
	server, err := hostile.Start(cases, http.NotFoundHandler(), 1)
	require.NoError(t, err)
	defer server.Close()
	goroutines := runtime.NumGoroutine()
	peak := watchHeap(t)
	// The bound is of what is in use; what waits to be collected depends on the machine.
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	log.SetOutput(io.Discard) // net/http's complaints of the server
	t.Cleanup(func() { log.SetOutput(os.Stderr) })

	outcomes := make([][]error, len(cases)) // by row and operation
	var playing sync.WaitGroup
	for row := range cases {
		outcomes[row] = make([]error, len(hostile.Operations))
	}
	play := func(players int, stalling bool) {
		free := make(chan struct{}, players)
		for row := range cases {
			for i, op := range hostile.Operations {
				if cases[row].Expected.Allows(op, "timeout") == stalling {
					free <- struct{}{}
					playing.Go(func() {
						outcomes[row][i] = playHostile(t.Context(), server, &cases[row], row, op)
						<-free
					})
				}
			}
		}
	}
	playing.Go(func() { play(hostileWaiting, true) })
	play(hostileWorking, false)
	playing.Wait()

	for row, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			for i, op := range hostile.Operations {
				assert.NoError(t, outcomes[row][i], op)
			}
		})
	}
	assert.LessOrEqual(t, overtaken.Load(), int32(5), "the next call is right at once, but for a race of net/http's")
	t.Run("memory", func(t *testing.T) {
		assert.LessOrEqual(t, peak(), uint64(hostileHeap))
	})
	t.Run("nothing goes on", func(t *testing.T) {
		assert.Eventually(t, func() bool { return runtime.NumGoroutine() <= goroutines+hostileLeft }, 10*time.Second, 50*time.Millisecond)
	})
}

// playHostile plays a row against a method, with a client of its own.
func playHostile(ctx context.Context, server *hostile.Server, c *hostile.Case, row int, op string) error {
	origin := server.Origins[0]
	if c.HTTP2 {
		origin = server.Secure
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true, IdleConnTimeout: time.Second}
	defer transport.CloseIdleConnections()
	base := fmt.Sprintf("%s/hostile/%d/%s", origin, row, op)
	connections := &replaceable{transport}
	client, err := authhttp.New(base+"/api/v3", &authhttp.Options{HTTPClient: &http.Client{Transport: connections}})
	if err != nil {
		return err
	}
	expected := c.Expected
	if c.Native != nil {
		expected = c.Native
	}
	limit := hostileLong
	if expected.Allows(op, "timeout") {
		limit = hostileShort
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	begun := time.Now()
	value, err := callNamed(limited, client, op, hostileArgs(c, op))
	took := time.Since(begun)

	outcome := "value"
	if err != nil {
		var e *authcore.Error
		if !errors.As(err, &e) {
			return fmt.Errorf("no *authcore.Error is in %w", err)
		}
		outcome = string(e.Code)
		if len(e.RequestID) > hostileHeader || len(e.Message) > authcore.MaxBody {
			return fmt.Errorf("an error of %d and %d bytes", len(e.RequestID), len(e.Message))
		}
	}
	switch {
	case !expected.Allows(op, outcome):
		return fmt.Errorf("%s, not %s: %.300v (%.300v) after %v", outcome, expected[op], value, err, took)
	case took > limit+hostileMargin:
		return fmt.Errorf("it settles after %v, not within %v", took, limit)
	}
	if outcome == "value" {
		if err := sameJSON(value, strings.NewReplacer("{base}", base, "{origin}", origin).Replace(c.Value(op))); err != nil {
			return err
		}
	}

	if c.HTTP2 {
		// net/http may give the next request a connection that the answer has broken
		// before it has read so far; that is no matter of the client's.
		fresh := transport.Clone()
		defer fresh.CloseIdleConnections()
		connections.RoundTripper = fresh
	}
	server.Mend(row, op)
	limited, cancel = context.WithTimeout(ctx, hostileLong)
	defer cancel()
	user, err := client.GetUser(limited)
	// The client leaves out what net/http says; it is in what it wraps.
	var cause *url.Error
	if errors.As(err, &cause) && strings.Contains(cause.Error(), "HTTP/1.x transport connection broken") {
		// What came behind an answer without a body was read as the next one's: net/http
		// closes such a connection, but where the next request is quicker.
		overtaken.Add(1)
		user, err = client.GetUser(limited)
	}
	if err != nil || user.Name != "alice" {
		return fmt.Errorf("the next call fails: %v %w", user, err)
	}
	return nil
}

// overtaken counts the next calls that were right when they were made again.
var overtaken atomic.Int32

// replaceable is a transport in whose place another can be put between two calls.
type replaceable struct{ http.RoundTripper }

// sameJSON tells whether a value is as a text of JSON says.
func sameJSON(value any, text string) error {
	var want any
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		return err
	}
	got, err := json.Marshal(value)
	if err != nil {
		return err
	}
	sorted, err := json.Marshal(want)
	if err != nil {
		return err
	}
	if string(got) != string(sorted) {
		return fmt.Errorf("%.300s, not %.300s", got, sorted)
	}
	return nil
}

// watchHeap looks at how much memory is in use, until the test's end; what it
// returns gives the most that it saw.
func watchHeap(t *testing.T) func() uint64 {
	var mu sync.Mutex
	var most uint64
	ticker := time.NewTicker(100 * time.Millisecond)
	ended := make(chan struct{})
	t.Cleanup(func() {
		ticker.Stop()
		close(ended)
	})
	go func() {
		for {
			select {
			case <-ticker.C:
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				mu.Lock()
				most = max(most, stats.HeapAlloc)
				mu.Unlock()
			case <-ended:
				return
			}
		}
	}()
	return func() uint64 {
		mu.Lock()
		defer mu.Unlock()
		t.Logf("at most %d MiB in use", most>>20)
		return most
	}
}
