package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whoever changes a rule finds out here, and not with the next make mutants,
// that the list has to follow.
func TestListFitsTheSources(t *testing.T) {
	mutants, _, err := load("../..")
	require.NoError(t, err)
	assert.Greater(t, len(mutants), 150)
}

func TestParse(t *testing.T) {
	mutants, err := parse("# x\nfile a.go\n\n= one\n- \told\n- \tolder\n+\n= two\n- b\n+ c\n+ d")
	require.NoError(t, err)
	assert.Equal(t, []mutant{
		{"a.go: one", "a.go", "\told\n\tolder", ""},
		{"a.go: two", "a.go", "b", "c\nd"},
	}, mutants)
	for _, text := range []string{"- x", "= one\n* x", "file a\n= one\n= one", "nothing"} {
		_, err := parse(text)
		assert.Error(t, err, text)
	}
}
