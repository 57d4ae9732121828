// Command bundle makes the npm package's files in a folder:
//
//	go run ./js/bundle -flavour standard -out build/standard
//
// They are each client in one file, once for each way to its module: index.js
// (it lies beside), inline.js (it is inside), workerd.js (it is imported) and
// slim.js (it is given), and likewise oauth2*.js; messages.js, words for people;
// in cjs the same as CommonJS, with the module inside; traq-auth.wasm and
// traq-auth-oauth2.wasm, the modules; and build-info.json, which tells what they
// were built with. The flavour "tinygo" is what is shipped and needs the tools of
// tools/tinygo.sh, and Node for tools/minify.mjs and tools/eager.mjs; "standard"
// needs Go alone, and is for development.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	flavour := flag.String("flavour", "standard", "which compiler builds the module: standard or tinygo")
	out := flag.String("out", "js/dist", "the folder to write to")
	tags := flag.String("tags", "", "build tags of the module, for tests")
	testing := flag.Bool("testing", false, "make the package traq-auth-testing instead")
	flag.Parse()
	if *testing {
		if err := buildTesting(*out); err != nil {
			fmt.Fprintln(os.Stderr, "js/bundle:", err)
			os.Exit(1)
		}
		return
	}
	if err := build(*flavour, *tags, *out); err != nil {
		fmt.Fprintln(os.Stderr, "js/bundle:", err)
		os.Exit(1)
	}
}

func build(flavour, tags, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	compile, ok := compilers[flavour]
	if !ok {
		return fmt.Errorf("no flavour %q: it is standard or tinygo", flavour)
	}
	var compiler compiler
	for _, part := range parts {
		module := out + "/" + part.module()
		var err error
		if compiler, err = compile(module, strings.TrimSpace(part.tags+" "+tags)); err != nil {
			return fmt.Errorf("compiling ./wasm: %w", err)
		}
		mark, err := mark(module)
		if err != nil {
			return err
		}
		if err := part.bundle(flavour, mark, out); err != nil {
			return err
		}
	}
	if flavour == "tinygo" { // the other one needs Go alone
		for _, script := range []string{"tools/minify.mjs", "tools/eager.mjs"} {
			if err := tool(script, out); err != nil {
				return err
			}
		}
	}
	return writeInfo(compiler, out)
}
