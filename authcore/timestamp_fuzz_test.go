package authcore

import "testing"

// FuzzTimestamp reads any text with parseTimestamp and with time.Parse.
func FuzzTimestamp(f *testing.F) {
	for _, s := range timestamps {
		f.Add(s)
	}
	f.Fuzz(compareWithTimeParse)
}
