package main

import (
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
