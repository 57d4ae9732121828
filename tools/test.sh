#!/usr/bin/env bash
# Runs what is tested, each suite even where one before it failed, and ends with
# the line "N passed, N failed": tools/test.sh [SUITE…]. A suite is named as it
# is printed, with hyphens between the words, and the beginning of names does
# for all that begin so: tools/test.sh native hostile end-to-end-firefox. Of one
# that failed it is shown what failed, and the end; all is in build/test/.
set -uo pipefail
shopt -s extglob
cd "$(dirname "$0")/.."
root=$PWD
logs=$root/build/test
wanted=("$@")
names=(native mutants fuzz lint client end-to-end-{tinygo,standard,firefox,webkit} hostile-{chromium,firefox,webkit} wasm-in-a-browser
	packaging environments environments-firefox extension-{chromium,firefox} "")
mkdir -p "$logs"
rm -f "$logs"/*.running "$logs"/*.result
# How many processes have a browser each. Pages are waited for, so that there
# may be more than processors; with many more, what is timed comes late.
browsers=3

# Counters: of a log, how many passed, failed and were skipped; the status is
# "" as long as it runs.
count_go() {
	awk '/^ *--- PASS/ { p++ } /^ *--- FAIL|^FAIL\t.*(build|setup) failed/ { f++ } /^ *--- SKIP/ { s++ }
		END { print p + 0, f + 0, s + 0 }'
}
count_node() { # STATUS
	awk -v status="$1" '/^ *ok / { p++ } /^ *not ok / { f++ } /# SKIP/ { s++ }
		/^# pass / { passed += $3 } /^# fail / { failed += $3 } /^# skipped / { skipped += $3 }
		END { if (status == "") print p + 0, f + 0, s + 0; else print passed + 0, failed + 0, skipped + 0 }'
}
count_step() { # STATUS
	cat >/dev/null
	case $1 in '') echo 0 0 0 ;; 0) echo 1 0 0 ;; *) echo 0 1 0 ;; esac
}

# failures: of a log, the blocks of the tests that failed, in Go's words or TAP.
failures() {
	awk '
		/^ *=== (RUN|CONT|NAME|PAUSE) / { name = $3; next }
		/^ *--- FAIL: / { printf "%s%s\n", said[$3], $0; delete said[$3]; next }
		/^ *--- (PASS|SKIP): / { delete said[$3]; next }
		/^ *not ok / { match($0, /^ */); end = substr($0, 1, RLENGTH) "  ..."; inside = 1 }
		inside { print; if ($0 == end) inside = 0; next }
		name != "" { said[name] = said[name] $0 "\n" }
	' | head -n 400
}

# rest: of a log, what is of no test that passed, and not shown by failures.
rest() {
	awk '
		/^ *(not )?ok / { match($0, /^ */); end = substr($0, 1, RLENGTH) "  ..."; inside = 1 }
		inside { if ($0 == end) inside = 0; next }
		/^ *(=== |--- (PASS|SKIP)|# Subtest|1\.\.[0-9]+$)|^ok\t/ { next }
		{ print }
	' | tail -n 60
}

slug() { sed -E 's/[^a-z0-9]+/-/g' <<<"$1"; }
is_wanted() { # NAME
	local name one
	[ "${#wanted[@]}" = 0 ] && return
	name=$(slug "$1")
	for one in "${wanted[@]}"; do
		[[ $name == "$one" || $name == "$one"-* ]] && return
	done
	return 1
}
# needs_more_than SUITE…: whether there is one that is wanted beside these.
needs_more_than() {
	local one
	[ "${#wanted[@]}" = 0 ] && return
	for one in "${wanted[@]}"; do
		[[ " $* " == *" $one "* ]] || return 0
	done
	return 1
}

suite() { # NAME COUNTER COMMAND…: runs one that is wanted
	if is_wanted "$1"; then run "$@"; fi
}
run() {
	local name=$1 counter=$2 place log status begun=$SECONDS good bad skipped
	shift 2
	place=$logs/$(slug "$name") log=$logs/$(slug "$name").log
	rm -f "$place".*
	echo "$counter $begun $name" >"$place.running"
	echo "  $name begins"
	log=$log "$@" >"$log" 2>&1 </dev/null
	status=$?
	rm "$place.running"
	read -r good bad skipped < <("$counter" "$status" <"$log")
	# A suite that could not run, or ran nothing, has failed.
	if [ "$status" != 0 ] && [ "$bad" = 0 ] || [ $((good + bad)) = 0 ]; then bad=$((bad + 1)); fi
	echo "$good $bad" >"$place.result"
	{
		printf '%-28s %5d passed %4d failed %4d skipped %5d s\n' "$name" "$good" "$bad" "$skipped" $((SECONDS - begun))
		if [ "$bad" != 0 ]; then
			failures <"$log"
			echo "The end of ${log#"$root"/}:"
			rest <"$log"
		fi
	} >"$place.report"
	cat "$place.report" # in one piece, whatever runs beside
}

# Says how far the suites are that run, again and again.
progress() {
	local file counter begun name good bad
	while sleep 20 >/dev/null 2>&1; do
		for file in "$logs"/*.running; do
			read -r counter begun name 2>/dev/null <"$file" || continue
			read -r good bad _ < <(cat "${file%.running}".log* 2>/dev/null | "$counter" "")
			printf '  %s: %d passed, %d failed so far, %d s\n' "$name" "$good" "$bad" $((SECONDS - begun))
		done
	done
}

browserless=(native lint mutants fuzz client)
install() {
	make js/node_modules/.installed js/test/environments/node_modules/.installed bench/node_modules/.installed || return 1
	if needs_more_than "${browserless[@]}"; then
		tools/chromium.sh && tools/firefox.sh && tools/webkit.sh &&
			(cd tools && go build -o "$root/build/tools/wasmbrowsertest" github.com/agnivade/wasmbrowsertest)
	fi
}
# What is built, once for all suites.
packages() {
	local standard=
	if needs_more_than "${browserless[@]}"; then
		go build -o build/bin/ ./js/bundle || return 1
		{ build/bin/bundle -flavour standard -tags crash -out build/crash/standard && build/bin/bundle -flavour standard -out build/standard; } &
		standard=$!
		# With the test hook of wasm/crash_hook.go.
		build/bin/bundle -flavour tinygo -tags crash -out build/crash/tinygo && go build -o build/e2e-server ./js/test/e2e/server &&
			go build -o build/example ./example && go build -o build/hostile-server ./js/test/hostile/server || return 1
	fi
	make build && if [ -n "$standard" ]; then wait "$standard"; fi # without a process it would wait for all
}
native() { go test -count=1 -v ./...; }
# wasmbrowsertest hands its whole environment to the page, which must fit 8 KB;
# under "env -i" a browser has what it needs.
wasm() {
	env -i PATH="$(dirname "$CHROMIUM"):$PATH" HOME="$HOME" GOOS=js GOARCH=wasm \
		GOMODCACHE="$(go env GOMODCACHE)" GOCACHE="$(go env GOCACHE)" GOPROXY="$(go env GOPROXY)" GOFLAGS=-mod=mod GOTOOLCHAIN=local \
		sh -c 'go test -count=1 -v -exec "$0" ./wasm/... && go test -count=1 -v -tags oauth2 -exec "$0" ./wasm' "$root/build/tools/wasmbrowsertest"
}

# Runs test files of js/, each in a process of its own, with what the
# environment says.
each() { # PATTERN…
	# shellcheck disable=SC2068 # the patterns become names there
	(cd js && node --import tsx --test --test-reporter=tap --test-concurrency="$browsers" $@)
}
# Runs test files of js/ in as many processes as there may be browsers: to start
# one takes as long as several tests. The largest files begin.
together() { # PATTERN…
	local i parts=() processes=() status=0
	for ((i = 0; i < browsers; i++)); do
		parts+=("$log.$i")
		# shellcheck disable=SC2046,SC2068
		(cd js && node --import tsx --test-reporter=tap test/together.ts $(ls -S $@ | awk "NR % $browsers == $i")) >"$log.$i" 2>&1 &
		processes+=($!)
	done
	for i in "${processes[@]}"; do
		wait "$i" || status=1
	done
	cat "${parts[@]}"
	rm "${parts[@]}"
	return $status
}
client() { each 'test/unit/*.test.ts' 'test/unit/*/*.test.ts' 'test/frameworks/*.test.ts' 'test/built/*.test.ts'; }
packaging() { each 'test/packaging/*.test.ts'; }
environments() { # ENGINE FILES
	ENGINE=$1 each "test/environments/$2.test.ts"
}
end_to_end() { # FLAVOUR ENGINE FILES
	FLAVOUR=$1 ENGINE=$2 together "test/e2e/$3.test.ts"
}
hostile() { ENGINE=$1 each 'test/hostile/*.test.ts'; } # ENGINE
extension() { ENGINE=$1 each 'test/extension/*.test.ts'; } # ENGINE

for one in "${wanted[@]}"; do
	[[ " ${names[*]}" == *" $one "* || " ${names[*]}" == *" $one-"* ]] || { echo "test.sh: there is no suite $one" >&2; exit 2; }
done

trap 'trap - INT TERM; kill 0' INT TERM
progress &
said=$!
run install count_step install
# What computes gives way to what waits for pages, and fills the time.
{
	suite native count_go native
	suite mutants count_step nice make mutants
	suite fuzz count_step nice make fuzz FUZZTIME=10s
} &
computing=$!
suite lint count_step nice tools/lint.sh &
linting=$!

if needs_more_than native lint mutants fuzz; then
	run packages count_step packages
fi
suite client count_node client
if needs_more_than "${browserless[@]}"; then
	CHROMIUM=$(tools/chromium.sh) FIREFOX=$(tools/firefox.sh) WEBKIT=$(tools/webkit.sh)
	export CHROMIUM FIREFOX WEBKIT
fi
suite "end to end, tinygo" count_node end_to_end tinygo chromium '*'
# What another compiler changes: the rules as recorded, what becomes of a module
# that crashes, and what is seen of the package. The rest is the same JavaScript.
suite "end to end, standard" count_node end_to_end standard chromium '@(scenarios|crash|surface)'
suite "end to end, firefox" count_node end_to_end tinygo firefox '*'
suite "end to end, webkit" count_node end_to_end tinygo webkit '*'
suite "hostile, chromium" count_node hostile chromium
# Each of these has one process.
{
	suite "hostile, firefox" count_node hostile firefox
	suite "hostile, webkit" count_node hostile webkit
	suite "extension, chromium" count_node extension chromium
	suite "extension, firefox" count_node extension firefox
} &
single=$!
suite "wasm in a browser" count_go wasm
suite packaging count_node packaging
suite environments count_node environments chromium '*'
suite "environments, firefox" count_node environments firefox frames
wait "$computing" "$linting" "$single"
kill "$said"

cat "$logs"/*.result | awk '{ passed += $1; failed += $2 } END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || NR == 0 }'
