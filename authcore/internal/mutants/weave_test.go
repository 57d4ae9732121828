package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const source = `package p

const limit = 7

func f(a, b int) bool { return a < b }

func (t *thing) g(c string) {
	t.c = c
}

func h(_ int) int { return 42 }

func v(a int, b ...int) int { return a }
`

func TestWeave(t *testing.T) {
	woven, err := weave("p.go", source, []mutant{
		{name: "one", old: "a < b", new: "a <= b"}, {name: "two", old: "t.c = c", new: ""}, {name: "three", old: "return a <", new: "return !a <"},
		{name: "four", old: "return a }", new: "return b[0] }"},
	}, 5)
	require.NoError(t, err)
	assert.Equal(t, `package p

const limit = 7

func f(a, b int) bool { if mutant == 5 { return f_mutant5(a, b) }; if mutant == 7 { return f_mutant7(a, b) }; return a < b }

func (t *thing) g(c string) { if mutant == 6 { t.g_mutant6(c); return };
	t.c = c
}

func h(_ int) int { return 42 }

func v(a int, b ...int) int { if mutant == 8 { return v_mutant8(a, b...) }; return a }

//line one:1
func f_mutant5(a, b int) bool { return a <= b }

//line two:1
func (t *thing) g_mutant6(c string) {
	
}

//line three:1
func f_mutant7(a, b int) bool { return !a < b }

//line four:1
func v_mutant8(a int, b ...int) int { return b[0] }
`, woven)
}

func TestWeaveRefuses(t *testing.T) {
	for _, m := range []mutant{
		{},
		{old: "a < b", new: "a < b"},
		{old: "d"},
		{old: "a"},
		{old: "limit = 7", new: "limit = 8"},
		{old: "a < b }\n\nfunc", new: ""},
		{old: "42", new: "43"},
	} {
		_, err := weave("p.go", source, []mutant{m}, 1)
		assert.Error(t, err, m.old)
	}
}
