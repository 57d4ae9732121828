module github.com/traq-auth/traq-auth

go 1.25.0

require (
	github.com/evanw/esbuild v0.28.2
	github.com/hack-pad/safejs v0.1.1
	github.com/nlnwa/whatwg-url v0.6.2
	github.com/stretchr/testify v1.12.1
	golang.org/x/net v0.58.0
	golang.org/x/oauth2 v0.36.0
)

require (
	github.com/bits-and-blooms/bitset v1.20.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/sys v0.47.0 // indirect
	golang.org/x/text v0.41.0 // indirect
)

// Folders that other tools fill.
ignore (
	./bench/node_modules
	./build
	./js/dist
	./js/node_modules
)
