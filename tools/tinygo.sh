#!/usr/bin/env bash
# Builds the module that is shipped, and prints the version of TinyGo:
# tools/tinygo.sh OUT.wasm [TAGS]
#
# TinyGo is the one on PATH if it is 0.41 or newer; otherwise the one pinned in
# tools/go.mod is built, once, which takes a minute and needs Debian's LLVM 19.
set -euo pipefail

out=$1
tags=${2:-}
root=$(cd "$(dirname "$0")/.." && pwd)
cache=$root/build/tools
wasm_opt=$root/tools/wasm-opt.sh

on_path() {
	local version
	version=$(tinygo version 2>/dev/null) || return 1
	version=$(sed -E 's/^tinygo version ([0-9]+\.[0-9]+).*/\1/' <<<"$version")
	[ "$(printf '%s\n0.41\n' "$version" | sort -V | head -n 1)" = 0.41 ]
}

install_llvm() {
	local packages=(llvm-19-dev libclang-19-dev lld-19 clang-19)
	[ -x /usr/lib/llvm-19/bin/clang ] && [ -x /usr/lib/llvm-19/bin/wasm-ld ] &&
		[ -e /usr/lib/llvm-19/include/llvm-c/Core.h ] && [ -e /usr/lib/llvm-19/include/clang-c/Index.h ] && return
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		echo "tinygo.sh: install TinyGo 0.41 or newer, or Debian's packages ${packages[*]}" >&2
		exit 1
	fi
	apt-get update -q >&2
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" >&2
}

build_pinned() {
	local module
	install_llvm
	export PATH=/usr/lib/llvm-19/bin:$PATH
	cd "$root/tools"
	module=$(go mod download -json github.com/tinygo-org/tinygo | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
	[ -n "$module" ] || module=$(go list -m -f '{{.Dir}}' github.com/tinygo-org/tinygo)
	tinygo=$cache/tinygo-${module##*@}/bin/tinygo
	export TINYGOROOT=${tinygo%/bin/tinygo}
	if [ ! -x "$tinygo" ]; then
		echo "tinygo.sh: building TinyGo from its module; this takes a minute, once" >&2
		mkdir -p "$TINYGOROOT"
		cp -r "$module/src" "$module/targets" "$TINYGOROOT/"
		chmod -R u+w "$TINYGOROOT"
		mkdir -p "$TINYGOROOT/src/net" # a submodule, which the module lacks, and nothing here imports
		CGO_ENABLED=1 go build -tags llvm19 -o "$tinygo" github.com/tinygo-org/tinygo
	fi
	cd "$root"
}

if on_path; then
	tinygo=tinygo
else
	build_pinned
fi
if [ ! -x "$root"/js/node_modules/.bin/wasm-opt ]; then
	echo "tinygo.sh: wasm-opt is missing; run npm ci in js/" >&2
	exit 1
fi

mkdir -p "$(dirname "$out")"
out=$(cd "$(dirname "$out")" && pwd)/$(basename "$out")
cd "$root"
# The names of functions are kept beside it, for tools/size.mjs to count by.
named=$cache/named${tags:+-${tags// /-}}.wasm
features=(--enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int --enable-mutable-globals)
# TinyGo's runtime exports fminimum and its like, for the compiler's sake alone.
# Nothing is in the first 1024 bytes of memory but the stack's very end (the
# target's --stack-first), so an address plus an offset cannot wrap around to
# what is there: wasm-opt may fold such offsets.
optimize=("$wasm_opt" "--remove-exports=f*imum*" --low-memory-unused -Oz --converge --strip-producers --strip-target-features
	"${features[@]}")
mkdir -p "$cache"
WASMOPT=$wasm_opt "$tinygo" build -o "$named" -target wasm/target.json \
	-buildmode=c-shared -tags="$tags" -scheduler=none -panic=trap -opt=z ./wasm
"${optimize[@]}" -g "$named" -o "$named"
# Once more, from its control flow on, which compresses better.
"${optimize[@]}" --flatten --rereloop --generate-global-effects -Oz -Oz --converge --strip-debug "$named" -o "$out"
# In the end a function that has one caller may well be a part of it.
node --liftoff-only js/node_modules/.bin/wasm-opt "${features[@]}" -Os -O4 -Os "$out" -o "$out"
node tools/order-functions.mjs "$out"
"$tinygo" version | sed -E "s/^tinygo version ([^ ]+).*/\1/"
