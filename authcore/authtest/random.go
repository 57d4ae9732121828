package authtest

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

const alphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func randomText(length int) string {
	text := make([]byte, length)
	_, _ = rand.Read(text) // never fails
	for i := range text {
		text[i] = alphanumerics[int(text[i])%len(alphanumerics)]
	}
	return string(text)
}

// newUUID is a UUIDv7 (RFC 9562, section 5.7).
func newUUID(at time.Time) string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	ms := at.UnixMilli()
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6] = 0x70 | b[6]&0x0F
	b[8] = 0x80 | b[8]&0x3F
	text := hex.EncodeToString(b[:])
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

// timestamp writes a time with up to six digits of a second's fraction.
func timestamp(at time.Time) string {
	return at.UTC().Format("2006-01-02T15:04:05.999999Z07:00")
}
