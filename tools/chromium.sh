#!/usr/bin/env bash
# Prints the Chromium to test in: CHROMIUM, or the first on PATH, or Debian's
# package, which root installs.
set -euo pipefail

[ -n "${CHROMIUM:-}" ] && echo "$CHROMIUM" && exit
find_one() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
find_one && exit
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "chromium.sh: install Chromium, or name one in CHROMIUM" >&2
	exit 1
fi
apt-get update -q >&2
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium >&2
find_one
