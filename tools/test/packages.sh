#!/usr/bin/env bash
# Builds, once for all suites: the package, and where it is "all", its other flavours
# and the servers that tests in browsers start.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ "$1" = all ]; then
	go build -o build/bin/ ./js/bundle
	rm -rf build/standard build/crash # what an older build left would be taken for ours
	{
		build/bin/bundle -flavour standard -out build/standard
		build/bin/bundle -flavour standard -tags crash -out build/crash/standard
		go build -o build/e2e-server ./js/test/e2e/server
		go build -o build/example ./example
		go build -o build/hostile-server ./js/test/hostile/server
	} &
	others=$!
	# With the test hook of wasm/crash_hook.go.
	build/bin/bundle -flavour tinygo -tags crash -out build/crash/tinygo
fi
make build
[ "$1" != all ] || make testing
wait ${others:-} # without a process it waits for nothing that fails
