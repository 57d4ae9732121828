#!/usr/bin/env bash
# Prints the Firefox to test in: FIREFOX, or the first on PATH, or Debian's
# package, which root installs.
set -euo pipefail

[ -n "${FIREFOX:-}" ] && echo "$FIREFOX" && exit
find_one() { command -v firefox-esr || command -v firefox; }
find_one && exit
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "firefox.sh: install Firefox, or name one in FIREFOX" >&2
	exit 1
fi
apt-get update -q >&2
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends firefox-esr >&2
find_one
