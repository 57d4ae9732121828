package authcore

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWellFormed(t *testing.T) {
	for _, s := range []string{
		"", "a", "\u007f\u0080", "\u07ff\u0800", "\ud7ff\ue000", "\uffff\U00010000", "\U0010ffff",
		"\x80", "\xff", "a\xc3", "\xe3\x81", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80", "\xe3\x81あ",
	} {
		assert.Equal(t, string([]rune(s)), wellFormed(s), "%q", s)
	}
}
