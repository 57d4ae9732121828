package guard_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/example/guard"
)

var answers = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })

func TestHosts(t *testing.T) {
	own, err := guard.Own(8080, " Name.example, localhost:9000,,[::2]")
	require.NoError(t, err)
	handler := guard.Hosts(own, answers)
	for _, test := range []struct {
		status int
		hosts  []string
	}{
		{http.StatusNoContent, []string{
			"127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080",
			"name.example", "NAME.example", "name.example:8080", "localhost:9000", "[::2]", "[::2]:8080",
		}},
		{http.StatusMisdirectedRequest, []string{
			"", "evil.example", "evil.example:8080", "localhost", "127.0.0.1", "[::1]", "::1", "localhost:8081", "localhost:80",
			"localhost.:8080", "localhost:8080.evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example:8080",
			"evil.example@localhost:8080", "localhost:8080@evil.example", "sub.localhost:8080", "127.0.0.2:8080", "0.0.0.0:8080", "2130706433:8080",
			"0x7f.1:8080", "127.1:8080", "[::ffff:127.0.0.1]:8080", "[::1%25lo]:8080", " localhost:8080", "localhost:8080,evil.example", "localhost:08080",
			"localhost:8080/", "name.example:9000", "name.example.", "other.name.example", "*",
		}},
	} {
		for _, host := range test.hosts {
			request := httptest.NewRequest("GET", "/", nil)
			request.Host = host
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, request)
			assert.Equal(t, test.status, answer.Code, host)
			if test.status != http.StatusNoContent {
				assert.Contains(t, answer.Body.String(), "this is http://127.0.0.1:8080/")
			}
		}
	}
}

func TestHostsOfTheUsualPort(t *testing.T) {
	own, err := guard.Own(80, "")
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"127.0.0.1", "127.0.0.1:80", "localhost", "localhost:80", "[::1]", "[::1]:80"}, own)
}

func TestWhatIsNoHost(t *testing.T) {
	for _, added := range []string{
		"*", "*.example", "https://name.example", "name.example/", "name.example:", "name.example:port", "a b", "a@b", ":8080", "//b", "a?b", "a#b", "::1", "[::1",
	} {
		_, err := guard.Own(8080, added)
		assert.ErrorContains(t, err, "is not a host; give one such as", added)
	}
}
