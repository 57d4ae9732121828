package main

import (
	"crypto/sha256"
	"encoding/base64"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// compiler is what a module was compiled with.
type compiler struct{ name, version string }

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
