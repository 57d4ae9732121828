package authcore

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzJSON reads any text with jsonReader and with encoding/json.
func FuzzJSON(f *testing.F) {
	for _, text := range jsonTexts {
		f.Add(text)
	}
	f.Fuzz(compareWithEncodingJSON)
}

// FuzzJSONString writes any string, which encoding/json and jsonReader must
// read as encoding/json would have passed it on.
func FuzzJSONString(f *testing.F) {
	for _, s := range []string{"", "a", `"\/`, "\x00\x1f\x7f", "あ😀\u2028\u0085", "\xff\xed\xa0\x80", "a\xe3\x81"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := json.Marshal(s)
		require.NoError(t, err)
		var want string
		require.NoError(t, json.Unmarshal(text, &want))

		written := quoted(s)
		var got string
		require.NoError(t, json.Unmarshal([]byte(written), &got), "%q", written)
		assert.Equal(t, want, got)

		for _, text := range []string{written, string(text)} {
			r := jsonReader{text: text}
			assert.Equal(t, want, wellFormed(r.string()), "%q", text)
			assert.Empty(t, r.end())
		}
	})
}

func quoted(s string) string { return `"` + jsonEscape(s) + `"` }
