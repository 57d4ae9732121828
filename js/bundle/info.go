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
	// Modules are the package's, by the names of their files.
	Modules map[string]moduleInfo `json:"modules"`
}

type moduleInfo struct {
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
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
	modules := map[string]moduleInfo{}
	for _, part := range parts {
		module, err := os.ReadFile(out + "/" + part.module())
		if err != nil {
			return err
		}
		sum := sha256.Sum256(module)
		modules[part.module()] = moduleInfo{hex.EncodeToString(sum[:]), len(module)}
	}
	text, err := json.MarshalIndent(info{pkg.Version, c.Name, c.Version, modules}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(out+"/build-info.json", append(text, '\n'), 0o644)
}
