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
	files=$(gofmt -l authcore bench/server example internal js/bundle js/test js/testing wasm)
	[ -z "$files" ] || { echo "$files"; return 1; }
}
in_js() { (cd js && npx --no-install "$@"); }
# Looks again at what has changed since the last time.
types() { # NAME PROJECT OPTION…
	in_js tsc --incremental --tsBuildInfoFile "../build/lint/$1.tsbuildinfo" -p "${@:2}"
}
# ESLint's own cache does not know of a type that has changed in another file; here
# it is passed over where every file is as it was when nothing was found.
eslint_js() {
	local sum sum_file=build/lint/eslint.sum
	sum=$(find js \( -name node_modules -o -name dist \) -prune -o -regex '.*\.[cm]?\(js\|ts\|tsx\|json\)' -type f -print0 |
		sort -z | xargs -0 sha256sum | sha256sum)
	[ "$sum" != "$(cat $sum_file 2>/dev/null)" ] || return 0
	in_js eslint . && mkdir -p build/lint && echo "$sum" >$sum_file
}
in_extension() { (cd example/extension && PATH=$OLDPWD/js/node_modules/.bin:$PATH "$@"); }

check gofmt unformatted
check "go vet" go vet ./...
check "go vet, WebAssembly" env GOOS=js GOARCH=wasm go vet ./authcore ./wasm/...
check "go vet, WebAssembly, OAuth2" env GOOS=js GOARCH=wasm go vet -tags oauth2 ./authcore ./wasm/...
check "go vet, WebAssembly, testing" env GOOS=js GOARCH=wasm go vet ./js/testing/wasm
check staticcheck go tool -modfile=tools/go.mod staticcheck ./...
check "go mod tidy" go mod tidy -diff
check actionlint go tool -modfile=tools/go.mod actionlint -shellcheck= -pyflakes= .github/workflows/*.yml
check tsc types package tsconfig.json --noEmit --emitDeclarationOnly false
check "tsc, tests" types tests tsconfig.test.json
check "tsc, testing" types testing testing/tsconfig.json --noEmit --emitDeclarationOnly false
check "tsc, bench" types bench ../bench
check "tsc, extension" types extension ../example/extension
check "tsc, tools" types tools ../tools/test
check eslint eslint_js
check "eslint, extension" in_extension eslint -c ../../js/eslint.extension.js .
check "links and claims" in_js tsx test/docs/claims.ts
check prettier in_js prettier --cache --cache-strategy content --cache-location ../build/lint/prettier --config .prettierrc.json --check --log-level warn . ../.github ../bench ../example ../tools
exit $failed
