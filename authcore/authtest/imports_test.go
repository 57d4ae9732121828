package authtest_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The npm package traq-auth-testing is this package as WebAssembly.
func TestStaysSmallAsWebAssembly(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./scenarios").Output()
	require.NoError(t, err)
	reasons := map[string]string{
		"html/template": "keeps every exported method of the program: 4 MB",
		"text/template": "keeps every exported method of the program: 4 MB",
		"regexp":        "keeps package unicode's tables, and starts slowly",
	}
	for _, path := range strings.Fields(string(out)) {
		assert.NotContains(t, reasons, path)
	}
}
