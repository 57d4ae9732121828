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
in_js() { (cd js && PATH=$PWD/node_modules/.bin:$PATH && "$@"); }
# Looks again at what has changed since the last time.
types() { # NAME PROJECT OPTION…
	in_js tsc --incremental --tsBuildInfoFile "../build/lint/$1.tsbuildinfo" -p "${@:2}"
}
in_extension() { (cd example/extension && PATH=$OLDPWD/js/node_modules/.bin:$PATH "$@"); }

mkdir -p build/lint
# A type may have changed in another file, so that it is all of them or none: they are
# passed over where every file, this one too, is as it was when nothing was found.
sources=$(find js bench example tools \( -name node_modules -o -name dist \) -prune -o -regex '.*lint\.sh\|.*\.[cm]?\(js\|ts\|tsx\|json\)' -type f -print0 |
	sort -z | xargs -0 sha256sum | sha256sum)
if [ "$sources" != "$(cat build/lint/typescript.sum 2>/dev/null)" ]; then
	check tsc types package tsconfig.json --noEmit --emitDeclarationOnly false
	check "tsc, tests" types tests tsconfig.test.json
	check "tsc, testing" types testing testing/tsconfig.json --noEmit --emitDeclarationOnly false
	check "tsc, bench" types bench ../bench
	check "tsc, extension" types extension ../example/extension
	check "tsc, tools" types tools ../tools/test
	check eslint in_js eslint .
	check "eslint, extension" in_extension eslint -c ../../js/eslint.extension.js .
	[ $failed = 1 ] || echo "$sources" >build/lint/typescript.sum
fi
check gofmt unformatted
check "go vet" go vet ./...
check "go vet, WebAssembly" env GOOS=js GOARCH=wasm go vet ./authcore ./wasm/...
check "go vet, WebAssembly, OAuth2" env GOOS=js GOARCH=wasm go vet -tags oauth2 ./authcore ./wasm/...
check "go vet, WebAssembly, testing" env GOOS=js GOARCH=wasm go vet ./js/testing/wasm
check staticcheck go tool -modfile=tools/go.mod staticcheck ./...
check "go mod tidy" go mod tidy -diff
check actionlint go tool -modfile=tools/go.mod actionlint -shellcheck= -pyflakes= .github/workflows/*.yml
check "links and claims" in_js tsx test/docs/claims.ts
check prettier in_js prettier --cache --cache-strategy content --cache-location ../build/lint/prettier --config .prettierrc.json --check --log-level warn . ../.github ../bench ../example ../tools
exit $failed
