package hostile

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"strings"
	"sync"
)

// Encodings of little that unpack to much.

// gzipBomb begins a gzip stream, of which gzipBlock, as often as one likes, is the
// rest: a MiB of zeros each.
const gzipBomb = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

var gzipBlock = sync.OnceValue(func() string {
	var packed bytes.Buffer
	z, _ := flate.NewWriter(&packed, flate.BestCompression) // a level that there is
	_, _ = z.Write(make([]byte, 1<<20))                     // to a buffer, which takes all
	_ = z.Flush()
	return packed.String()
})

// zstdBomb begins a frame with a window of 128 KiB, of which each zstdBlock is 128
// KiB of spaces: RFC 8878, section 3.1.1.2.2.
const (
	zstdBomb  = "\x28\xb5\x2f\xfd\x00\x38"
	zstdBlock = "\x02\x00\x10 "
)

// brotliBomb is 64 MiB of spaces.
var brotliBomb = sync.OnceValue(func() string {
	packed, err := base64.StdEncoding.DecodeString(brotliSpaces)
	if err != nil {
		panic(err)
	}
	return string(packed)
})

// nestedBomb is as much, in gzip twice.
var nestedBomb = sync.OnceValue(func() string { return nested(2, spaces(64<<20)) })

// nested packs a text in gzip so often.
func nested(depth int, text string) string {
	for range depth {
		text = gzipped(text)
	}
	return text
}

// spaces are white space, with which a JSON text may begin and end.
func spaces(n int) string { return strings.Repeat(" ", n) }

// brotliSpaces was made by node:zlib.
const brotliSpaces = "y///P/glQOKxQCD3/o///3/wSwDEYRGA7v0f////4JcAiMMCAN37P/7//8EvARCHBQC693/8//+DXwIgDgsAdO//+P//B78EQBwWAOje//H//w9+CYA4LADQvf/L//8//BIAcVgAoHv/Bw=="
