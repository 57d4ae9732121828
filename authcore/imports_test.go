package authcore_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The core is pure and stays small: nothing it is compiled from may bring one
// of these along. The sizes are those of a TinyGo build.
var forbidden = map[string]string{
	"bytes":         "keeps package unicode's tables, 69 KB",
	"context":       "costs 9 KB, and nothing here waits",
	"encoding/json": "costs 130 KB; json_read.go reads what the API sends",
	"fmt":           "keeps package unicode's tables and reflect",
	"net/http":      "input and output are a driver's, and it costs 1.5 MB",
	"net/url":       "keeps package unicode's tables; URLs are parsed by the driver",
	"os":            "input and output are a driver's",
	"reflect":       "keeps every type's tables",
	"regexp":        "costs over 100 KB",
	"strings":       "keeps package unicode's tables, 69 KB; text.go has what is needed",
	"syscall/js":    "the core knows no JavaScript",
	"time":          "brings syscall/js in under GOOS=js; times are whole microseconds",
	"unicode":       "its tables are 69 KB",
}

// And of the project's own packages it may use none: js → wasm → authcore.
const module = "github.com/traq-auth/traq-auth/"

func TestImports(t *testing.T) {
	tests := map[string][]string{
		"standard Go": {"list", "-deps", "."},
		"TinyGo":      {"list", "-deps", "-tags", "tinygo", "."},
		"OAuth2":      {"list", "-deps", "-tags", "tinygo,oauth2", "."},
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			for _, path := range dependencies(t, args) {
				reason, is := forbidden[path]
				assert.False(t, is, "authcore is compiled from %s, which %s", path, reason)
				assert.False(t, strings.HasPrefix(path, module) && path != module+"authcore",
					"authcore imports %s; packages point one way only", path)
			}
		})
	}
}

// The module that is shipped is held to the same rule, its own packages aside.
func TestImportsOfShippedModule(t *testing.T) {
	for _, path := range dependencies(t, []string{"list", "-deps", "-tags", "tinygo", module + "wasm"}) {
		reason, is := forbidden[path]
		assert.False(t, is, "the module is compiled from %s, which %s", path, reason)
	}
}

func dependencies(t *testing.T, args []string) []string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	paths := strings.Fields(string(out))
	require.Contains(t, paths, module+"authcore", "the list is not one of dependencies")
	return paths
}
