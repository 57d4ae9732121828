// Command bundle makes the npm package's files in a folder:
//
//	go run ./js/bundle -flavour standard -out build/standard
//
// They are the client in one file, once for each way to the module: index.js
// (it lies beside), node.js (it is read from there), inline.js (it is inside)
// and slim.js (it is given); messages.js, words for people; traq-auth.wasm, the
// module; and build-info.json, which tells what they were built with. The flavour "tinygo"
// is what is shipped and needs the tools of tools/tinygo.sh, and Node for
// tools/minify.mjs and tools/eager.mjs; "standard" needs Go alone, and is for development.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	flavour := flag.String("flavour", "standard", "which compiler builds the module: standard or tinygo")
	out := flag.String("out", "js/dist", "the folder to write to")
	tags := flag.String("tags", "", "build tags of the module, for tests")
	flag.Parse()
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
	compiler, err := compile(out+"/"+moduleFile, tags)
	if err != nil {
		return fmt.Errorf("compiling ./wasm: %w", err)
	}
	mark, err := mark(out + "/" + moduleFile)
	if err != nil {
		return err
	}
	if err := bundle(flavour, mark, out); err != nil {
		return err
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
