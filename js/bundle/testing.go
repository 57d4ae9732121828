package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// buildTesting makes the npm package traq-auth-testing's files in a folder: its
// module, index.js, the same as CommonJS, and the command.
func buildTesting(out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	cmd := exec.Command("go", "build", "-trimpath", "-tags=nethttpomithttp2", "-ldflags=-s -w", "-o", out+"/traq-auth-testing.wasm", "./js/testing/wasm")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return err
	}
	for _, entry := range []struct {
		file, source string
		format       api.Format
	}{
		{"index", "index.ts", api.FormatESModule},
		{"cjs/index", "index.ts", api.FormatCommonJS},
		{"cli", "cli.ts", api.FormatESModule},
	} {
		result := api.Build(api.BuildOptions{
			EntryPointsAdvanced: []api.EntryPoint{{InputPath: "js/testing/src/" + entry.source, OutputPath: entry.file}},
			Outdir:              out,
			Bundle:              true,
			Write:               true,
			Format:              entry.format,
			Target:              api.ES2022,
			Platform:            api.PlatformNeutral,
			External:            []string{"node:*"},
			LogLevel:            api.LogLevelWarning,
			Plugins:             []api.Plugin{wasmExecWithin(), besideOf(entry.format), indexOf(entry.file)},
		})
		if len(result.Errors) > 0 {
			return errors.New("the testing package's sources do not bundle")
		}
	}
	return os.WriteFile(out+"/cjs/package.json", []byte("{\"type\":\"commonjs\"}\n"), 0o644)
}

// wasmExecWithin is Go's wasm_exec.js with these of its globals taken from the
// scope, too: jsdom has not all of them, and tests replace timers.
func wasmExecWithin() api.Plugin {
	return api.Plugin{Name: "wasm_exec", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `^wasm_exec$`}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: "wasm_exec", Namespace: "go"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "go"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			source, err := wasmExec()
			source = strings.Replace(source, "{\n", "{\nconst { TextDecoder, TextEncoder, crypto, fs, performance, setTimeout, clearTimeout } = globalThis;\n", 1)
			return api.OnLoadResult{Contents: &source}, err
		})
	}}
}

// besideOf has CommonJS find the module in its own way.
func besideOf(format api.Format) api.Plugin {
	return api.Plugin{Name: "beside", Setup: func(b api.PluginBuild) {
		if format != api.FormatCommonJS {
			return
		}
		b.OnResolve(api.OnResolveOptions{Filter: `/module-esm\.js$`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: filepath.Join(args.ResolveDir, "module-cjs.ts")}, nil
		})
	}}
}

// indexOf has the command import the package's index.js, which lies beside it.
func indexOf(file string) api.Plugin {
	return api.Plugin{Name: "index", Setup: func(b api.PluginBuild) {
		if file != "cli" {
			return
		}
		b.OnResolve(api.OnResolveOptions{Filter: `^\./index\.js$`}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: "./index.js", External: true}, nil
		})
	}}
}
