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

# Whether files, by their names and what is in them, are not as they were when it was last said of them.
changed() { # NAME, of files that are read from standard input
	sums[$1]=$(sort -z | xargs -0 sha256sum | sha256sum)
	[ "${sums[$1]}" != "$(cat "build/lint/$1.sum" 2>/dev/null)" ]
}
typescript_below() {
	find "$@" \( -name node_modules -o -name dist -o -path js/src \) -prune -o -regex '.*\.[cm]?\(js\|ts\|tsx\|json\)' -type f -print0
}

mkdir -p build/lint
# TypeScript is passed over where nothing was found in it, and all is as it was: the
# client by its sources; what imports it by its own, and by the client's declarations.
declare -A sums
configuration=(tools/lint.sh js/package-lock.json js/tsconfig.json js/eslint.config.js)
style=()
if changed client < <(printf '%s\0' "${configuration[@]}" js/src/*.ts js/src/*/*.ts); then
	style+=(client)
	rm -rf build/lint/client
	check "tsc, client" in_js tsc -p tsconfig.json --outDir ../build/lint/client
fi
if changed others < <(printf '%s\0' "${configuration[@]}" build/lint/client/*.d.ts build/lint/client/*/*.d.ts; typescript_below js bench example tools); then
	style+=(others)
fi
{
	# It takes as long as all else, and goes beside it.
	case "${style[*]}" in
	client) check eslint in_js eslint src ;;
	others) check eslint in_js eslint . --ignore-pattern src ;;
	"client others") check eslint in_js eslint . ;;
	esac
	[[ ${style[*]} != *others ]] || check "eslint, extension" in_extension eslint -c ../../js/eslint.extension.js .
	exit $failed
} &
if [[ ${style[*]} == *others ]]; then
	check "tsc, tests" types tests tsconfig.test.json
	check "tsc, testing" types testing testing/tsconfig.json --noEmit --emitDeclarationOnly false
	check "tsc, bench" types bench ../bench
	check "tsc, extension" types extension ../example/extension
	check "tsc, tools" types tools ../tools/test
fi
wait $! || failed=1
for what in "${style[@]}"; do
	[ $failed = 1 ] || echo "${sums[$what]}" >"build/lint/$what.sum"
done
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
