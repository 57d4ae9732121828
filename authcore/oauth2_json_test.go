package authcore

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What JavaScript makes of a body (js/src/call/body-oauth2.ts, which is held
// against the same table) reads as the body does.
func TestFlatTexts(t *testing.T) {
	data, err := os.ReadFile("testdata/members.json")
	require.NoError(t, err)
	var tests []struct {
		Why, JSON, Members string
		None               bool // it is no object
	}
	require.NoError(t, json.Unmarshal(data, &tests))
	for _, test := range tests {
		for _, names := range []string{
			"access_token token_type refresh_token scope expires_in",
			"sub traq.icon_file_id preferred_username traq.display_name",
			"error error_description",
			"message",
		} {
			var want, got [5]string
			r, flat := jsonReader{text: test.JSON}, jsonReader{text: test.Members}
			wantSeen, gotSeen := r.texts(names, &want), flat.flatTexts(names, &got)
			if test.None {
				assert.NotEmpty(t, r.end(), test.Why)
				assert.Zero(t, gotSeen, test.Why)
				assert.Zero(t, got, test.Why)
				continue
			}
			assert.Equal(t, r.end() != "", flat.wrong != "", "%s: %s", test.Why, names)
			if flat.wrong == "" {
				for i := range want {
					want[i] = strings.ReplaceAll(want[i], "\x00", "\ufffd")
				}
				assert.Equal(t, wantSeen, gotSeen, "%s: %s", test.Why, names)
				assert.Equal(t, want, got, "%s: %s", test.Why, names)
			}
		}
	}
}

// The digits of a number are JavaScript's to tell: they may be none.
func TestFlatNumbers(t *testing.T) {
	for _, number := range []string{"", "-1", "1.5", "1e+21", "null", `"3600`, `["1"]`, "36 00", "3600x", "0", "01", "1000000000"} {
		r := jsonReader{text: "expires_in\x00" + number + "\x00"}
		var values [5]string
		require.Equal(t, 16, r.flatTexts("a b c d expires_in", &values), number)
		assert.Equal(t, number, values[4])
		r.positive(values[4])
		assert.Equal(t, number != "", r.wrong != "", number)
	}
	for _, text := range []string{"\x00", "\x00\x00", "scope", "scope\x00", "a\x00b", "scope\x00x\x00"} {
		r := jsonReader{text: text}
		var values [5]string
		assert.Zero(t, r.flatTexts("scope", &values), "%q", text)
		assert.Zero(t, values)
	}
}
