module github.com/traq-auth/traq-auth

go 1.25.0

require (
	github.com/evanw/esbuild v0.28.2
	github.com/hack-pad/safejs v0.1.1
	github.com/stretchr/testify v1.12.1
)

require (
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/sys v0.4.0 // indirect
)

// Folders that other tools fill.
ignore (
	./build
	./js/dist
	./js/node_modules
)
