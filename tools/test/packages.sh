#!/usr/bin/env bash
# Builds, once for all suites: the package, and where it is "all", its other flavours
# and the servers that tests in browsers start. What is as its sources are stays.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ "$1" = all ]; then
	go build -o build/ ./example
	go build -o build/e2e-server ./js/test/e2e/server
	go build -o build/hostile-server ./js/test/hostile/server
	make -j2 build flavours testing
else
	make build
fi
