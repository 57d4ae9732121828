package authhttp_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore"
	"github.com/traq-auth/traq-auth/authcore/authhttp"
)

// hanging has the server begin an answer and never end it; began is told when
// it has.
func hanging(write func(http.ResponseWriter), began func()) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		write(w)
		began()
		<-r.Context().Done()
	}
}

func noAnswer(http.ResponseWriter) {}

func halfABody(w http.ResponseWriter) {
	w.Header().Set("Content-Length", "100")
	_, _ = io.WriteString(w, "[")
	_ = http.NewResponseController(w).Flush()
}

func TestCancel(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, nil)
	reason := errors.New("the user went away")
	for where, write := range map[string]func(http.ResponseWriter){"before the answer": noAnswer, "within its body": halfABody} {
		for name, method := range methods {
			ctx, cancel := context.WithCancelCause(t.Context())
			answering(server, hanging(write, func() { cancel(reason) }))
			err := method(ctx, client)
			assert.ErrorIs(t, err, context.Canceled, where)
			assert.ErrorIs(t, err, reason, where)
			e := coreError(t, err)
			assert.Equal(t, authhttp.CodeCanceled, e.Code, where)
			assert.Equal(t, name, e.Op)
			assert.False(t, e.Retryable)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	before := server.Requests()
	_, err := client.GetServerInfo(ctx)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, before, server.Requests(), "nothing is sent when it ended before")
}

func TestDeadline(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, nil)
	for where, write := range map[string]func(http.ResponseWriter){"before the answer": noAnswer, "within its body": halfABody} {
		answering(server, hanging(write, func() {}))
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := client.ListSessions(ctx)
		cancel()
		assertTimeout(t, err, where)

		own := newClient(t, server, &authhttp.Options{HTTPClient: &http.Client{Timeout: 20 * time.Millisecond}})
		_, err = own.ListSessions(t.Context())
		assertTimeout(t, err, "the http.Client's, "+where)
	}
	// A limit of the transport's, which net/http gives its own error for.
	answering(server, hanging(noAnswer, func() {}))
	own := newClient(t, server, &authhttp.Options{HTTPClient: &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: 20 * time.Millisecond}}})
	_, err := own.ListSessions(t.Context())
	assertTimeout(t, err, "the transport's")
}

func assertTimeout(t *testing.T, err error, where string) {
	t.Helper()
	assert.ErrorIs(t, err, context.DeadlineExceeded, where)
	e := coreError(t, err)
	assert.Equal(t, authhttp.CodeTimeout, e.Code, where)
	assert.Equal(t, authcore.OpListSessions, e.Op)
	assert.True(t, e.Retryable)
}

// A login that was redirected is confirmed by a second request, which can fail
// by itself.
func TestCancelWithinTheConfirmation(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, nil)
	ctx, cancel := context.WithCancel(t.Context())
	server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/api/v3/users/me" {
			return false
		}
		cancel()
		<-r.Context().Done()
		return true
	})
	_, err := client.LoginRedirect(ctx, "alice", "password1234", "/foo")
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, authcore.OpLogin, coreError(t, err).Op)
	server.Intercept(nil)
	_, err = client.GetUser(t.Context())
	assert.NoError(t, err, "the login took place all the same")
}

func TestNetworkErrors(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	client, err := authhttp.New("http://"+address+"/api/v3", nil)
	require.NoError(t, err)
	for name, method := range methods {
		err := method(t.Context(), client)
		assert.ErrorIs(t, err, syscall.ECONNREFUSED)
		var dial *net.OpError
		assert.ErrorAs(t, err, &dial)
		e := coreError(t, err)
		assert.Equal(t, authcore.CodeNetworkError, e.Code)
		assert.Equal(t, name, e.Op)
		assert.True(t, e.Retryable)
		assert.NotContains(t, err.Error(), "password1234")
	}

	server := newServer(t)
	answering(server, func(w http.ResponseWriter, _ *http.Request) {
		halfABody(w)
		panic(http.ErrAbortHandler)
	})
	_, err = newClient(t, server, nil).ListSessions(t.Context())
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Equal(t, authcore.CodeNetworkError, coreError(t, err).Code)
}

// What a server says that is no HTTP is quoted by net/http, and not by the client.
func TestErrorsTellNoSecret(t *testing.T) {
	const token = "tok-En.1234"
	echoing := func(answer string) *authhttp.Client {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		t.Cleanup(func() { _ = listener.Close() })
		go func() {
			for {
				connection, err := listener.Accept()
				if err != nil {
					return
				}
				_, _ = connection.Read(make([]byte, 4096))
				_, _ = io.WriteString(connection, answer)
				_ = connection.Close()
			}
		}()
		client, err := authhttp.New("http://"+listener.Addr().String()+"/api/v3", &authhttp.Options{AccessToken: authhttp.StaticToken(token)})
		require.NoError(t, err)
		return client
	}
	for _, echo := range []string{"password1234", url.PathEscape("password1234"), `{"password":"password1234"}`, token, "Bearer " + token} {
		for _, answer := range []string{
			echo + "\r\n\r\n",
			"HTTP/1.1 " + echo + " OK\r\n\r\n",
			"HTTP/1.1 200 OK\r\n" + echo + "\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: " + echo + "\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: " + echo + "\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + echo + "\r\n",
			"HTTP/1.1 302 " + echo + "\r\nLocation: http://%zz/" + echo + "\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 401 " + echo + "\r\nContent-Type: " + echo + "\r\nX-Request-Id: " + echo + "\r\nX-TRAQ-VERSION: " + echo + "\r\nConnection: close\r\n\r\n" +
				`{"message":"` + strings.ReplaceAll(echo, `"`, `\"`) + `"}`,
		} {
			client := echoing(answer)
			err := client.Login(t.Context(), "alice", "password1234")
			if strings.Contains(echo, token) {
				_, err = client.GetUser(t.Context())
			}
			require.Error(t, err, answer)
			assert.NotContains(t, err.Error(), "password1234", answer)
			assert.NotContains(t, err.Error(), token, answer)
			assert.NotContains(t, coreError(t, err).RequestID, echo)
			assert.LessOrEqual(t, len(err.Error()), 2000)
		}
	}
	// A header that is cut where a secret is would tell its beginning.
	for length := 0; length < 2000; length += 10 {
		client := echoing("HTTP/1.1 401 Unauthorized\r\nX-TRAQ-VERSION: v3\r\nX-Request-Id: " + strings.Repeat("x", length) + token + "\r\nContent-Length: 0\r\n\r\n")
		_, err := client.GetUser(t.Context())
		require.Error(t, err)
		assert.NotContains(t, coreError(t, err).RequestID, token[:1], "%d bytes before it", length)
	}
	err := echoing(strings.Repeat("x", 1<<20)+"\r\n\r\n").Login(t.Context(), "alice", "password1234")
	require.Error(t, err)
	assert.LessOrEqual(t, len(err.Error()), 2000, "nor is what is long")
}

// net/http quotes a word of what is no HTTP, or writes its control characters with
// escapes: neither is the password as it is, and both tell of it.
func TestErrorsTellNoPartOfASecret(t *testing.T) {
	for _, password := range []string{"correct horse battery staple", "p\x7fss\x07horse", "p\U000F0000ss horse", "pass:horse\tx"} {
		for _, before := range []string{
			"", "HTTP/", "HTTP/1.1 ", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: ", "HTTP/1.1 200 OK\r\nTransfer-Encoding: ",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: http://",
		} {
			transport := roundTripper(func(r *http.Request) (*http.Response, error) {
				here, there := net.Pipe()
				go func() {
					defer func() { _ = there.Close() }()
					if asked, err := http.ReadRequest(bufio.NewReader(there)); err == nil {
						_, _ = io.Copy(io.Discard, asked.Body)
						_, _ = io.WriteString(there, before+password+"\r\n\r\n")
					}
				}()
				dial := func(context.Context, string, string) (net.Conn, error) { return here, nil }
				return (&http.Transport{DialContext: dial, DisableKeepAlives: true}).RoundTrip(r)
			})
			client, err := authhttp.New("http://traq.example/api/v3", &authhttp.Options{HTTPClient: &http.Client{Transport: transport}})
			require.NoError(t, err)
			err = client.Login(t.Context(), "alice", password)
			require.Error(t, err)
			for _, word := range []string{"horse", "correct", "staple", "ss", "pass"} {
				assert.NotRegexp(t, `\b`+word+`\b`, strings.ReplaceAll(err.Error(), `\x`, " "), "%q behind %q", password, before)
			}
		}
	}
}

// What has nothing of an answer is told: it says what to do.
func TestErrorsTellWhatTheNetworkSays(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the client
	secure.StartTLS()
	defer secure.Close()
	plain := newServer(t)
	for base, said := range map[string]string{
		secure.URL: "certificate signed by unknown authority",
		"https" + strings.TrimPrefix(plain.URL, "http"): "server gave HTTP response to HTTPS client",
		"http://127.0.0.1:1":                            "connection refused",
	} {
		client, err := authhttp.New(base+"/api/v3", nil)
		require.NoError(t, err)
		assert.ErrorContains(t, client.Login(t.Context(), "alice", "password1234"), said)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the user went away"))
	assert.ErrorContains(t, newClient(t, plain, nil).Login(ctx, "alice", "password1234"), "the user went away")
}

// An answer of the server's has no cause behind it.
func TestErrorOfTheServer(t *testing.T) {
	_, err := newClient(t, newServer(t), nil).GetUser(t.Context())
	assert.Equal(t, error(coreError(t, err)), err)
	assert.EqualError(t, err, "getUser: You are not logged in")
}

func TestCodesAreTargetsOfErrorsIs(t *testing.T) {
	server := newServer(t)
	client := newClient(t, server, nil)
	err := client.Login(t.Context(), "alice", "a wrong password")
	require.ErrorIs(t, err, authcore.CodeInvalidCredentials)
	assert.NotErrorIs(t, err, authcore.CodeNotAuthenticated)
	_, err = client.ListSessions(t.Context())
	require.ErrorIs(t, err, authcore.CodeNotAuthenticated)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = client.ListSessions(ended)
	require.ErrorIs(t, err, authhttp.CodeCanceled)
	require.ErrorIs(t, err, context.Canceled, "and its cause is in it as before")
	_, err = authhttp.New("/api/v3", nil)
	require.ErrorIs(t, err, authcore.CodeInvalidArgument)
	assert.Equal(t, "invalid_argument", authcore.CodeInvalidArgument.Error())
}
