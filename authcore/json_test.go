package authcore

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readAll reads any JSON text, as encoding/json would into an any of strings,
// truth values and containers; numbers and null are read over.
func readAll(r *jsonReader) any {
	switch r.peek() {
	case '{':
		m := map[string]any{}
		for r.open('{'); r.more('}'); {
			k := wellFormed(r.key())
			m[k] = readAll(r)
		}
		return m
	case '[':
		a := []any{}
		for r.open('['); r.more(']'); {
			a = append(a, readAll(r))
		}
		return a
	case '"':
		return wellFormed(r.string())
	case 't', 'f':
		return r.bool()
	}
	r.skipValue()
	return nil
}

// wellFormed puts U+FFFD for each byte that is no UTF-8, as encoding/json does
// and whoever gives a value of jsonReader's a form.
func wellFormed(s string) string { return string([]rune(s)) }

// withoutNumbers is what encoding/json read, as readAll gives it.
func withoutNumbers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = withoutNumbers(v[k])
		}
	case []any:
		for i := range v {
			v[i] = withoutNumbers(v[i])
		}
	case json.Number:
		return nil
	}
	return v
}

// compareWithEncodingJSON asks both readers for their verdict and their values.
// They differ in two things: jsonReader stops at maxDepth, since its stack is a
// module's, where encoding/json goes on to 10,000; and encoding/json leaves it to
// others to decode UTF-8.
func compareWithEncodingJSON(t *testing.T, text string) {
	t.Helper()
	decoded := withoutMark(text)
	valid := json.Valid([]byte(decoded)) && depthOf(decoded) <= maxDepth
	skipping := &jsonReader{text: text}
	skipping.skipValue()
	assert.Equal(t, valid, skipping.end() == "", "%q: jsonReader's skipValue says %v", text, skipping.end())
	r := &jsonReader{text: text}
	got := readAll(r)
	assert.Equal(t, valid, r.end() == "", "%q: jsonReader says %v", text, r.end())
	if !valid {
		return
	}
	var want any
	d := json.NewDecoder(strings.NewReader(decoded))
	d.UseNumber() // so that 1e999 is no error
	require.NoError(t, d.Decode(&want))
	assert.Equal(t, withoutNumbers(want), got, "%q", text)
}

// withoutMark drops a byte order mark as "UTF-8 decode" does, by which
// Response.json() reads: one, and in front of all.
//
// https://encoding.spec.whatwg.org/#utf-8-decode
func withoutMark(text string) string { return strings.TrimPrefix(text, "\ufeff") }

// depthOf tells how deep a valid text nests.
func depthOf(text string) (deepest int) {
	depth := 0
	for d := json.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if err != nil {
			return deepest
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			deepest = max(deepest, depth)
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

var jsonTexts = []string{
	``, ` `, `{}`, `[]`, ` { } `, `[ ]`, `{"a":1}`, `{"a":1,}`, `{,}`, `[,]`, `[,1]`, `{,"a":1}`, `[1,]`, `[1 2]`, `{"a" 1}`, `{"a";1}`, `{"a":}`, `{a:1}`, `{"a":1 "b":2}`,
	`"x"`, `"x`, `"`, `"\`, `"\"`, `"\"\\\/\b\f\n\r\t"`, `"\x"`, `"\u0041"`, `"\u004"`, `"\u00g1"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx"`,
	`"\ud83d\u0041"`, `"\ude00\ud83d"`, `"\ude00\ude00"`, `"\ud83d\ud83d\ude00"`, `"\ud83d\u00"`, `"\u0000"`, `"\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff"`, `"\uFFFF"`, `"あ😀"`, "\"\xff\"", "\"\\n\xff\xfe\"", "\"a\xe3\x81\"", "\"\xed\xa0\x80\"",
	"\"\x01\"", "\"a\\n\x01\"", "\"\x7f\"", "\"\n\"", `true`, `false`, `null`, `tru`, `truex`, `nul`, `fals`, `True`,
	`0`, `-0`, `01`, `-`, `1.`, `.1`, `1.5`, `-1.5e10`, `1e`, `1e+`, `1E-3`, `+1`, `0x1`, `1e5x`, `NaN`,
	`{"a":{"b":[{"c":[]}]},"d":"e"}`, `{"a":1,"a":"2"}`, `[[[]]`, `[[]]]`, `{"a":1}{`, "\ufeff{}", "\ufeff", "\ufeff \"\ufeff\"", "\ufeff\ufeff{}", " \ufeff{}", "[\ufeff]", "{}\ufeff", "\ufefftrue", "\ufeff-1.5", "\xef\xbb{}", "\xfe\xff{}", "{}\x00", `{"\u0061":1}`,
	"[\"\u2028\"]", "\t\r\n[\t\r\n]\t\r\n", "\v[]", "\u00a0[]", `{"a":[1,{"b":null}],"c":true}`,
	strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat(`{"a":`, 64) + "1" + strings.Repeat("}", 64),
	strings.Repeat("[", 65) + strings.Repeat("]", 65), strings.Repeat(`[{"a":`, 32) + "[]" + strings.Repeat("}]", 32), "1e999",
	"[" + strings.Repeat(`[],{"a":[]},`, 65) + "0]", // wide is not deep
}

func TestJSONAgainstEncodingJSON(t *testing.T) {
	for _, text := range jsonTexts {
		compareWithEncodingJSON(t, text)
		for i := range text { // cut off anywhere
			compareWithEncodingJSON(t, text[:i])
		}
	}
}

func TestJSONDepth(t *testing.T) {
	for _, nest := range [][2]string{{"[", "]"}, {`{"a":`, "}"}} {
		text := strings.Repeat(nest[0], 65)
		r := &jsonReader{text: text}
		r.skipValue()
		assert.Contains(t, r.end(), malformed)
		text = strings.Repeat(nest[0], 100_000) // no stack is this deep in the module
		r = &jsonReader{text: text}
		r.skipValue()
		assert.Contains(t, r.end(), malformed)
	}
}

// The first thing wrong is told, and not what comes of it.
func TestJSONErrors(t *testing.T) {
	for text, want := range map[string]string{
		`[1,x,"`:   malformed + " at byte 3",
		`{"a" 1}`:  malformed + " at byte 5",
		`["a\x"] `: malformed + " at byte 6",
		`[1] 2`:    malformed + " at byte 4",
		`[1 2]`:    malformed + " at byte 3",
		``:         malformed + " at byte 0",
	} {
		r := &jsonReader{text: text}
		r.skipValue()
		assert.Equal(t, want, r.end(), text)
	}
}

func TestJSONStringsAreNotCopied(t *testing.T) {
	text := `["01a207ab-7610-7cca-92e9-2da640e2838e"]`
	allocs := testing.AllocsPerRun(10, func() {
		r := jsonReader{text: text}
		for r.open('['); r.more(']'); {
			_ = r.string()
		}
	})
	assert.Zero(t, allocs)
}
