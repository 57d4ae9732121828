package main

import (
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// part is a client of the package: its module, and the files that have it.
type part struct {
	name    string
	tags    string // of the module's build
	variant string // "-oauth2": js/src/call/body-oauth2.ts stands for body.ts, and so on; see variantOf
	entries []entry
}

// entry is a file of the package, and which of js/src/module/module-*.ts tells
// it where the module is. Those in cjs are CommonJS.
type entry struct{ file, source, module string }

func (e entry) format() api.Format {
	if strings.HasPrefix(e.file, "cjs/") {
		return api.FormatCommonJS
	}
	return api.FormatESModule
}

var parts = []part{
	{"traq-auth", "", "", []entry{
		{"index", "index.ts", "beside"},
		{"inline", "index.ts", "inline"},
		{"workerd", "workerd.ts", "imported"},
		{"slim", "slim.ts", "none"},
		{"messages", "messages.ts", "none"},
		{"cjs/index", "index.ts", "inline"},
		{"cjs/slim", "slim.ts", "none"},
		{"cjs/messages", "messages.ts", "none"},
	}},
	{"traq-auth-oauth2", "oauth2", "-oauth2", []entry{
		{"oauth2", "oauth2.ts", "beside"},
		{"oauth2-inline", "oauth2.ts", "inline"},
		{"oauth2-workerd", "oauth2-workerd.ts", "imported"},
		{"oauth2-slim", "oauth2-slim.ts", "none"},
		{"cjs/oauth2", "oauth2.ts", "inline"},
		{"cjs/oauth2-slim", "oauth2-slim.ts", "none"},
	}},
}

// module is the name of a part's module in the package.
func (p part) module() string { return p.name + ".wasm" }

// bundle makes a part's JavaScript, each entry a file of its own, for the
// module that lies in the folder and has the mark.
func (p part) bundle(flavour, mark, out string) error {
	for _, entry := range p.entries {
		result := api.Build(api.BuildOptions{
			EntryPointsAdvanced: []api.EntryPoint{{InputPath: "js/src/" + entry.source, OutputPath: entry.file}},
			Outdir:              out,
			Bundle:              true,
			Write:               true,
			Metafile:            true,
			Format:              entry.format(),
			Target:              api.ES2020,
			Sourcemap:           api.SourceMapExternal,
			MinifyWhitespace:    true,
			MinifyIdentifiers:   true,
			MinifySyntax:        true,
			LogLevel:            api.LogLevelWarning,
			Define: map[string]string{
				"MODULE_MARK":  strconv.Quote(mark),
				"MODULE_NAME":  strconv.Quote(p.name),
				"MODULE_FILE":  strconv.Quote("./" + p.module()),
				"MODULE_ENTRY": strconv.Quote(strings.ReplaceAll(p.name, "auth-", "auth/")),
				// Where it is, for the client to know what to wait for first.
				"MODULE_INSIDE": strconv.FormatBool(entry.module == "inline"),
			},
			Plugins: []api.Plugin{runtimeOf(flavour), variantOf(p.variant), textsOf(entry), moduleOf(entry.module, filepath.Join(out, p.module()))},
		})
		if len(result.Errors) > 0 {
			return fmt.Errorf("the client's sources do not bundle")
		}
		if entry.module != "beside" {
			continue
		}
		// What each source adds, for tools/size.mjs.
		if err := os.MkdirAll("build/tools", 0o755); err != nil {
			return err
		}
		if err := os.WriteFile("build/tools/sources-"+entry.file+"-"+flavour+".json", []byte(result.Metafile), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tool runs one of the scripts in tools/ on the package's folder.
func tool(script, out string) error {
	cmd := exec.Command("node", script, out)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", script, err)
	}
	return nil
}

// replace has a source stand for one beside it that the sources import by name.
func replace(b api.PluginBuild, name, by string) {
	b.OnResolve(api.OnResolveOptions{Filter: "/" + name + `\.js$`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		return api.OnResolveResult{Path: filepath.Join(args.ResolveDir, by+".ts")}, nil
	})
}

// moduleOf has the client find its module in one of the ways that there are:
// the sources name the one of a module that lies beside.
func moduleOf(way, file string) api.Plugin {
	return api.Plugin{Name: "module", Setup: func(b api.PluginBuild) {
		replace(b, "module-beside", "module-"+way)
		b.OnResolve(api.OnResolveOptions{Filter: `^traq-auth\.wasm\?module$`}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: "./" + filepath.Base(file) + "?module", External: true}, nil
		})
		b.OnResolve(api.OnResolveOptions{Filter: `^traq-auth\.wasm$`}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: file, Namespace: "module"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "module"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			module, err := os.ReadFile(file)
			// A quarter less than as base64 once a server compresses it: bytes stay whole.
			contents := hex.EncodeToString(module)
			return api.OnLoadResult{Contents: &contents, Loader: api.LoaderText}, err
		})
	}}
}

// variantOf has the client take its own of the sources that know the module's
// functions and what they read: what it is given of a body, and what it is going
// to ask for first.
func variantOf(suffix string) api.Plugin {
	return api.Plugin{Name: "variant", Setup: func(b api.PluginBuild) {
		for _, name := range []string{"body", "prefetch"} {
			replace(b, name, name+suffix)
		}
	}}
}

// textsOf leaves out what stands in for a TextEncoder and a TextDecoder, where the
// entry is for browsers and edges alone. jsdom has none, for which the entries are
// that have the module inside or are CommonJS.
func textsOf(entry entry) api.Plugin {
	return api.Plugin{Name: "texts", Setup: func(b api.PluginBuild) {
		if entry.module == "inline" || entry.format() == api.FormatCommonJS {
			return
		}
		replace(b, "utf8", "utf8-native")
	}}
}

// runtimeOf gives the client the half of the bridge that fits the module: the
// sources name TinyGo's.
func runtimeOf(flavour string) api.Plugin {
	return api.Plugin{Name: "runtime", Setup: func(b api.PluginBuild) {
		if flavour != "standard" {
			return
		}
		replace(b, "runtime-tinygo", "runtime-standard")
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
