package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// compiler is what a module was compiled with.
type compiler struct{ Name, Version string }

// compilers compile ./wasm to a file, by flavour.
var compilers = map[string]func(file, tags string) (compiler, error){
	"standard": compileStandard,
	"tinygo":   compileTinyGo,
}

func compileStandard(file, tags string) (compiler, error) {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-tags", tags, "-o", file, "./wasm")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return compiler{"go", runtime.Version()}, cmd.Run()
}

func compileTinyGo(file, tags string) (compiler, error) {
	cmd := exec.Command("tools/tinygo.sh", file, tags)
	cmd.Stderr = os.Stderr
	version, err := cmd.Output()
	return compiler{"tinygo", strings.TrimSpace(string(version))}, err
}

// compile compiles each part's module into a folder.
func compile(flavour, tags, out string) (compiler, error) {
	var by compiler
	run, ok := compilers[flavour]
	if !ok {
		return by, fmt.Errorf("no flavour %q: it is standard or tinygo", flavour)
	}
	for _, part := range parts {
		var err error
		if by, err = run(out+"/"+part.module(), strings.TrimSpace(part.tags+" "+tags)); err != nil {
			return by, fmt.Errorf("compiling ./wasm: %w", err)
		}
	}
	return by, nil
}

// compilerFile tells, beside the modules, what they were compiled with.
const compilerFile = "compiler.json"

// compileModules compiles the modules for takeModules.
func compileModules(flavour, tags, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	by, err := compile(flavour, tags, out)
	if err != nil {
		return err
	}
	text, err := json.Marshal(by)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, compilerFile), text, 0o644)
}

// takeModules copies what compileModules has made to a package's folder.
func takeModules(from, out string) (by compiler, err error) {
	for _, part := range parts {
		module, err := os.ReadFile(filepath.Join(from, part.module()))
		if err != nil {
			return by, err
		}
		if err := os.WriteFile(filepath.Join(out, part.module()), module, 0o644); err != nil {
			return by, err
		}
	}
	text, err := os.ReadFile(filepath.Join(from, compilerFile))
	if err != nil {
		return by, err
	}
	return by, json.Unmarshal(text, &by)
}

// mark writes at the module's end that it is this one and no other: an empty
// custom section, whose name it gives. The JavaScript looks for it, so that one
// from another build is told apart before anything is called in it.
func mark(file string) (string, error) {
	module, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(module)
	name := base64.RawURLEncoding.EncodeToString(sum[:4])
	module = append(module, 0, byte(len(name)+1), byte(len(name))) // section 0, its size, its name's
	return name, os.WriteFile(file, append(module, name...), 0o644)
}
