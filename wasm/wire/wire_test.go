package wire_test

import (
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/wasm/wire"
)

//go:embed testdata/vectors.json
var vectorsJSON []byte

// vectors are read by js/test/unit/module/wire.test.ts too.
type vectors struct {
	Messages []struct {
		Name    string
		Kind    wire.Kind
		Numbers []float64
		Texts   []*string
		Hex     string
	}
	Malformed []struct{ Name, Hex string }
}

func readVectors(t *testing.T) (v vectors) {
	require.NoError(t, json.Unmarshal(vectorsJSON, &v))
	require.NotEmpty(t, v.Messages)
	require.NotEmpty(t, v.Malformed)
	return v
}

func bytesOf(t *testing.T, text string) string {
	b, err := hex.DecodeString(text)
	require.NoError(t, err)
	return string(b)
}

func TestWriter(t *testing.T) {
	for _, v := range readVectors(t).Messages {
		t.Run(v.Name, func(t *testing.T) {
			message := wire.Message(v.Kind, func(w *wire.Writer) {
				for _, n := range v.Numbers {
					w.Number(n)
				}
				for _, s := range v.Texts {
					if s == nil {
						w.Optional("")
					} else {
						w.Text(*s)
					}
				}
			})
			assert.Equal(t, v.Hex, hex.EncodeToString(message))
		})
	}
	message := wire.Message(wire.Result, func(w *wire.Writer) {
		w.Bool(true)
		w.Text("a\xff\xfeb")
		w.Bool(false)
		w.Optional("c")
	})
	r, ok := wire.NewReader(wire.Result, string(message))
	require.True(t, ok)
	assert.True(t, r.Bool())
	assert.False(t, r.Bool())
	assert.Equal(t, "a\xff\xfeb", r.Text())
	assert.Equal(t, "c", r.Text())
}

func TestReader(t *testing.T) {
	for _, v := range readVectors(t).Messages {
		t.Run(v.Name, func(t *testing.T) {
			r, ok := wire.NewReader(v.Kind, bytesOf(t, v.Hex))
			require.True(t, ok)
			for _, n := range v.Numbers {
				assert.Equal(t, n, r.Number())
			}
			for _, s := range v.Texts {
				assert.True(t, r.More())
				if s == nil {
					assert.Empty(t, r.Text())
				} else {
					assert.Equal(t, *s, r.Text())
				}
			}
			assert.False(t, r.More())
			assert.Zero(t, r.Number(), "nothing is read behind the numbers")
			assert.Empty(t, r.Text(), "nothing is read behind the texts")

			_, ok = wire.NewReader(v.Kind+1, bytesOf(t, v.Hex))
			assert.False(t, ok, "another kind")
		})
	}
}

func TestMalformedMessages(t *testing.T) {
	for _, v := range readVectors(t).Malformed {
		t.Run(v.Name, func(t *testing.T) {
			r, ok := wire.NewReader(wire.Result, bytesOf(t, v.Hex))
			assert.False(t, ok)
			assert.Zero(t, r.Number())
			assert.Empty(t, r.Text())
		})
	}
	_, ok := wire.NewReader(wire.Result, string(make([]byte, wire.MaxSize+1)))
	assert.False(t, ok)
}

func FuzzReader(f *testing.F) {
	var v vectors
	if err := json.Unmarshal(vectorsJSON, &v); err != nil {
		f.Fatal(err)
	}
	for _, m := range v.Messages {
		b, _ := hex.DecodeString(m.Hex)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, _ := wire.NewReader(wire.Result, string(b))
		total := 0
		for r.More() {
			total += len(r.Text())
		}
		if total > len(b) {
			t.Fatal("texts of more bytes than the message has")
		}
	})
}

func TestCut(t *testing.T) {
	one := string(wire.Message(wire.Call, func(w *wire.Writer) { w.Text("あ") }))
	two := string(wire.Message(wire.Response, func(w *wire.Writer) { w.Number(1) }))
	first, rest := wire.Cut(one + two)
	assert.Equal(t, one, first)
	assert.Equal(t, two, rest)
	first, rest = wire.Cut(rest)
	assert.Equal(t, two, first)
	assert.Empty(t, rest)

	sized := func(size float64) string {
		return string(binary.LittleEndian.AppendUint64(nil, math.Float64bits(size))) + strings.Repeat("\x00", 40)
	}
	for _, broken := range []string{"", "x", sized(0), sized(31), sized(49), sized(1e300), sized(-40), sized(math.NaN()), sized(math.Inf(1))} {
		first, rest := wire.Cut(broken)
		assert.Equal(t, broken, first, "a reader will refuse it")
		assert.Empty(t, rest)
	}
}
