#!/usr/bin/env bash
# Checks formats, types and style; prints what is wrong.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=0
check() { # NAME COMMAND…
	local name=$1 output
	shift
	if ! output=$("$@" 2>&1); then
		printf '%s:\n%s\n' "$name" "$output"
		failed=1
	fi
}
unformatted() {
	local files
	files=$(gofmt -l authcore bench/server example internal js/bundle js/test wasm)
	[ -z "$files" ] || { echo "$files"; return 1; }
}
in_js() { (cd js && npx --no-install "$@"); }
in_extension() { (cd example/extension && PATH=$OLDPWD/js/node_modules/.bin:$PATH "$@"); }

check gofmt unformatted
check "go vet" go vet ./...
check "go vet, WebAssembly" env GOOS=js GOARCH=wasm go vet ./authcore ./wasm/...
check staticcheck go tool -modfile=tools/go.mod staticcheck ./...
check "go mod tidy" go mod tidy -diff
check tsc in_js tsc -p tsconfig.json --noEmit --emitDeclarationOnly false
check "tsc, tests" in_js tsc -p tsconfig.test.json
check "tsc, bench" in_js tsc -p ../bench
check "tsc, extension" in_js tsc -p ../example/extension
check eslint in_js eslint .
check "eslint, extension" in_extension eslint -c ../../js/eslint.extension.js .
check prettier in_js prettier --config .prettierrc.json --check --log-level warn . ../bench ../example ../tools
exit $failed
