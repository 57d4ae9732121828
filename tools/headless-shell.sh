#!/usr/bin/env bash
# Prints the Chromium without bars to test in: HEADLESS_SHELL, or the one on PATH, or
# Debian's package, which root installs; where there is none, Chromium as it is.
set -euo pipefail

[ -n "${HEADLESS_SHELL:-}" ] && echo "$HEADLESS_SHELL" && exit
find_one() { command -v chromium-headless-shell || command -v chrome-headless-shell; }
find_one && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	apt-get update -q >&2
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium-headless-shell >&2 && find_one && exit
fi
"$(dirname "$0")"/chromium.sh
