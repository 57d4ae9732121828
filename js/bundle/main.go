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
//
// The modules take longest, and change less often than the JavaScript. They may be
// compiled on their own, and taken into a package afterwards:
//
//	go run ./js/bundle -flavour tinygo -compile -out build/modules/tinygo
//	go run ./js/bundle -flavour tinygo -modules build/modules/tinygo -out js/dist
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
	compileOnly := flag.Bool("compile", false, "compile the modules, and no more")
	modules := flag.String("modules", "", "the folder of the modules that -compile has made; without it they are compiled")
	testing := flag.Bool("testing", false, "make the package traq-auth-testing instead")
	flag.Parse()
	var err error
	switch {
	case *testing:
		err = buildTesting(*out)
	case *compileOnly:
		err = compileModules(*flavour, *tags, *out)
	default:
		err = build(*flavour, *tags, *modules, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "js/bundle:", err)
		os.Exit(1)
	}
}

func build(flavour, tags, modules, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var by compiler
	var err error
	if modules == "" {
		by, err = compile(flavour, tags, out)
	} else {
		by, err = takeModules(modules, out)
	}
	if err != nil {
		return err
	}
	for _, part := range parts {
		mark, err := mark(out + "/" + part.module())
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
	return writeInfo(by, out)
}
