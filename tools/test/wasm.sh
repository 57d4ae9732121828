#!/usr/bin/env bash
# Runs the Go tests of WebAssembly in a browser. wasmbrowsertest hands its whole
# environment to the page, which must fit 8 KB; under "env -i" a browser has what it needs.
set -euo pipefail
cd "$(dirname "$0")/../.."
env -i PATH="$(dirname "$CHROMIUM"):$PATH" HOME="$HOME" GOOS=js GOARCH=wasm \
	GOMODCACHE="$(go env GOMODCACHE)" GOCACHE="$(go env GOCACHE)" GOPROXY="$(go env GOPROXY)" GOFLAGS=-mod=mod GOTOOLCHAIN=local \
	sh -c 'go test -count=1 -v -exec "$0" ./wasm/... && go test -count=1 -v -tags oauth2 -exec "$0" ./wasm' "$PWD/build/tools/wasmbrowsertest"
