package authcore

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

var timestamps = []string{
	"2026-11-23T09:05:27.410567Z", "2026-11-23T09:05:27Z", "2026-11-23T09:05:27.4Z", "2026-11-23T09:05:27.123456789Z",
	"1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "0000-01-01T00:00:00Z", "0000-02-29T00:00:00Z", "0000-03-01T00:00:00Z", "9999-12-31T23:59:59Z",
	"2000-02-29T00:00:00Z", "1900-02-28T00:00:00Z", "2024-02-29T12:00:00+09:00", "2024-12-31T23:59:59-23:59", "2024-01-01T00:00:00+23:59",
	// none of these is a time
	"", "Z", "2026", "2026-11-23", "2026-11-23T09:05:27", "2026-11-23 09:05:27Z", "2026-11-23T09:05Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
	"2026-04-31T00:00:00Z", "2026-06-31T00:00:00Z", "2026-09-31T00:00:00Z", "2026-11-31T00:00:00Z", "2026-12-32T00:00:00Z", "2026-11-00T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T09:60:27Z",
	"2026-11-23T09:05:60Z", "2026-11-23T09:05:27.Z", "2026-11-23T09:05:27.1", "2026-11-23T09:05:27,1Z", "2026-11-23t09:05:27z", "2026-11-23T09:05:27+0900",
	"2026-11-23T09:05:27+24:00", "2026-11-23T09:05:27+09:60", "2026-11-23T09:05:27Zx", "2026-11-23T09:05:27+09:00x", "2026-11-23T09:05:27x09:00", "+2026-11-23T09:05:27Z", "2026-1-23T09:05:27Z", "2026-11-23T9:05:27Z",
	"202a-11-23T09:05:27Z", "2026-11-23T09:05:2 Z", "2026/11/23T09:05:27Z", "２０２６-11-23T09:05:27Z",
}

// time.Parse is laxer than RFC 3339's grammar: one digit of an hour, a comma, an
// offset of 24:60.
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)

func compareWithTimeParse(t *testing.T, s string) {
	t.Helper()
	want, err := time.Parse(time.RFC3339, s)
	wantOK := err == nil && rfc3339.MatchString(s)
	got, ok := parseTimestamp(s)
	assert.Equal(t, wantOK, ok, "%q", s)
	if ok && wantOK {
		assert.Equal(t, want.UnixMicro(), got, s)
	}
}

func TestTimestampAgainstTimeParse(t *testing.T) {
	for _, s := range timestamps {
		compareWithTimeParse(t, s)
	}
	for day := time.Date(1890, 1, 1, 12, 30, 0, 250_000, time.UTC); day.Year() < 2110; day = day.AddDate(0, 0, 1) {
		micros, ok := parseTimestamp(day.Format(time.RFC3339Nano))
		assert.True(t, ok)
		assert.Equal(t, day.UnixMicro(), micros)
	}
}
