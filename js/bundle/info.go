package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
)

// info is build-info.json.
type info struct {
	Version         string `json:"version"`
	Compiler        string `json:"compiler"`
	CompilerVersion string `json:"compilerVersion"`
	WasmSHA256      string `json:"wasmSha256"`
	WasmBytes       int    `json:"wasmBytes"`
}

func writeInfo(c compiler, out string) error {
	manifest, err := os.ReadFile("js/package.json")
	if err != nil {
		return err
	}
	var pkg struct{ Version string }
	if err := json.Unmarshal(manifest, &pkg); err != nil {
		return err
	}
	module, err := os.ReadFile(out + "/" + moduleFile)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(module)
	text, err := json.MarshalIndent(info{pkg.Version, c.name, c.version, hex.EncodeToString(sum[:]), len(module)}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(out+"/build-info.json", append(text, '\n'), 0o644)
}
