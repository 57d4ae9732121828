package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle makes an ES module of the client's sources, and one of its words for
// people.
func bundle(flavour, out string) error {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{"js/src/index.ts", "js/src/messages.ts"},
		Outdir:            out,
		Bundle:            true,
		Write:             true,
		Metafile:          true,
		Format:            api.FormatESModule,
		Target:            api.ES2020,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LogLevel:          api.LogLevelWarning,
		Plugins:           []api.Plugin{runtimeOf(flavour)},
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("the client's sources do not bundle")
	}
	// What each source adds, for tools/size.mjs.
	if err := os.MkdirAll("build/tools", 0o755); err != nil {
		return err
	}
	return os.WriteFile("build/tools/sources-"+flavour+".json", []byte(result.Metafile), 0o644)
}

// runtimeOf gives the client the half of the bridge that fits the module: the
// sources name TinyGo's.
func runtimeOf(flavour string) api.Plugin {
	return api.Plugin{Name: "runtime", Setup: func(b api.PluginBuild) {
		if flavour != "standard" {
			return
		}
		b.OnResolve(api.OnResolveOptions{Filter: `/runtime-tinygo\.js$`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: filepath.Join(args.ResolveDir, "runtime-standard.ts")}, nil
		})
		b.OnResolve(api.OnResolveOptions{Filter: `^wasm_exec$`}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: "wasm_exec", Namespace: "go"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "go"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			source, err := wasmExec()
			return api.OnLoadResult{Contents: &source}, err
		})
	}}
}

// wasmExec is the wasm_exec.js of the Go that compiles the module, as a
// function of the object on which it shall set its globals: under that name it
// reads and writes no other.
func wasmExec() (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js"))
	if err != nil {
		return "", err
	}
	return "export default function (globalThis) {\n" + string(source) + "\nreturn globalThis.Go;\n}", nil
}
