#!/usr/bin/env bash
# Runs everything that is tested, each suite even where one before it failed,
# and ends with the line "N passed, N failed". What a suite printed is in
# build/test/; of one that failed it is shown.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
logs=$root/build/test
mkdir -p "$logs"
passed=0 failed=0

# tally NAME LOG STATUS COUNTER: adds what a counter finds in the log.
tally() {
	local name=$1 log=$2 status=$3 counter=$4 good bad skipped
	read -r good bad skipped < <("$counter" "$log" "$status")
	# A suite that could not run, or ran nothing, has failed.
	if [ "$status" != 0 ] && [ "$bad" = 0 ] || [ $((good + bad)) = 0 ]; then bad=$((bad + 1)); fi
	passed=$((passed + good)) failed=$((failed + bad))
	printf '%-28s %5d passed %4d failed %4d skipped %5d s\n' "$name" "$good" "$bad" "$skipped" "$SECONDS"
	if [ "$bad" != 0 ]; then
		grep -vE '^(=== |\s*--- (PASS|SKIP)|ok |# Subtest)' "$log" | tail -n 200
	fi
}
count_go() {
	echo "$(grep -cE '^\s*--- PASS' "$1") $(grep -cE '^\s*--- FAIL|^FAIL\s.*(build|setup) failed' "$1") $(grep -cE '^\s*--- SKIP' "$1")"
}
count_node() {
	echo "$(sed -n 's/^# pass //p' "$1") $(sed -n 's/^# fail //p' "$1") $(sed -n 's/^# skipped //p' "$1")" | sed 's/^ *$/0 0 0/'
}
count_step() { if [ "$2" = 0 ]; then echo 1 0 0; else echo 0 1 0; fi; }

suite() { # NAME COUNTER COMMAND…
	local name=$1 counter=$2 log status
	shift 2
	log=$logs/${name//[^a-z0-9]/-}.log
	SECONDS=0
	"$@" >"$log" 2>&1 </dev/null
	status=$?
	tally "$name" "$log" "$status" "$counter"
}

install() {
	make js/node_modules/.installed js/test/environments/node_modules/.installed bench/node_modules/.installed && CHROMIUM=$(tools/chromium.sh) && tools/firefox.sh && tools/webkit.sh || return 1
	(cd tools && go build -o "$root/build/tools/wasmbrowsertest" github.com/agnivade/wasmbrowsertest)
}
native() { go test -count=1 -v ./...; }
# wasmbrowsertest hands its whole environment to the page, which must fit 8 KB;
# under "env -i" a browser has what it needs.
browser() {
	env -i PATH="$(dirname "$CHROMIUM"):$PATH" HOME="$HOME" GOOS=js GOARCH=wasm \
		GOMODCACHE="$(go env GOMODCACHE)" GOCACHE="$(go env GOCACHE)" GOPROXY="$(go env GOPROXY)" GOFLAGS=-mod=mod GOTOOLCHAIN=local \
		go test -count=1 -v -exec "$root/build/tools/wasmbrowsertest" ./wasm/...
}
packages() {
	local flavour
	for flavour in tinygo standard; do # with the test hook of wasm/crash_hook.go
		go run ./js/bundle -flavour $flavour -tags crash -out build/crash/$flavour || return 1
	done
	make build && go run ./js/bundle -flavour standard -out build/standard && go build -o build/e2e-server ./js/test/e2e/server && go build -o build/example ./example && go build -o build/hostile-server ./js/test/hostile/server
}
client() { (cd js && node --import tsx --test --test-reporter=tap test/unit/*.test.ts test/unit/*/*.test.ts test/frameworks/*.test.ts test/built/*.test.ts); }
packaging() { (cd js && CHROMIUM=$CHROMIUM node --import tsx --test --test-reporter=tap test/packaging/*.test.ts); }
environments() { # ENGINE FILE…
	(cd js && ENGINE=$1 CHROMIUM=$CHROMIUM FIREFOX=$FIREFOX node --import tsx --test --test-reporter=tap "${@:2}")
}
end_to_end() { # FLAVOUR [ENGINE]
	(cd js && FLAVOUR=$1 ENGINE=${2:-chromium} CHROMIUM=$CHROMIUM FIREFOX=$FIREFOX WEBKIT=$WEBKIT node --import tsx --test --test-reporter=tap test/e2e/*.test.ts)
}
extension() { # ENGINE
	(cd js && ENGINE=$1 CHROMIUM=$CHROMIUM FIREFOX=$FIREFOX node --import tsx --test --test-reporter=tap test/extension/*.test.ts)
}

suite install count_step install
CHROMIUM=$(tools/chromium.sh) FIREFOX=$(tools/firefox.sh) WEBKIT=$(tools/webkit.sh)
suite packages count_step packages
suite lint count_step tools/lint.sh
suite native count_go native
suite mutants count_step make mutants
suite fuzz count_step make fuzz FUZZTIME=10s
suite "wasm in a browser" count_go browser
suite client count_node client
suite packaging count_node packaging
suite environments count_node environments chromium test/environments/*.test.ts
suite "environments, firefox" count_node environments firefox test/environments/frames.test.ts
suite "end to end, tinygo" count_node end_to_end tinygo
suite "end to end, standard" count_node end_to_end standard
suite "end to end, firefox" count_node end_to_end tinygo firefox
suite "end to end, webkit" count_node end_to_end tinygo webkit
suite "extension, chromium" count_node extension chromium
suite "extension, firefox" count_node extension firefox

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
