#!/usr/bin/env bash
# Fuzzes each target of the Go packages for FUZZTIME (30s), even where one
# before it failed, and prints how often each was run. The go command keeps an
# input that fails below the package's testdata/fuzz: as a seed, once it passes.
set -uo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

if ! go test -list '^Fuzz' ./... >"$log" 2>&1; then
	cat "$log"
	exit 1
fi
# The names of a package's targets, one a line, and then "ok PACKAGE SECONDS".
targets=$(awk '/^Fuzz/ { names[n++] = $1 } /^ok/ { for (i = 0; i < n; i++) print $2, names[i]; n = 0 }' "$log")
[ -n "$targets" ] || { echo "fuzz.sh: there are no targets" >&2; exit 1; }

failed=0
while read -r package target; do
	# Most of the time is for new inputs, not for making interesting ones small.
	if go test -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-30s}" -fuzzminimizetime 2s -timeout 0 "$package" >"$log" 2>&1 </dev/null; then
		result=ok
	elif grep -qx '    context deadline exceeded' "$log" && ! grep -q 'Failing input' "$log"; then
		result=ok # before Go 1.27 the end of the time may count as a failure: go.dev/issue/75804
	else
		result=FAILED
		failed=$((failed + 1))
	fi
	executions=$(sed -nE 's/.*execs: ([0-9]+).*/\1/p' "$log" | tail -n 1)
	printf '%-16s %-52s %9d executions  %s\n' "$target" "$package" "${executions:-0}" "$result"
	[ "$result" = ok ] || cat "$log"
done <<<"$targets"
[ "$failed" = 0 ]
