#!/usr/bin/env bash
# Prints the WebKit to test in: WEBKIT, or the MiniBrowser of Debian's
# packages, which root installs, with its WebDriver and a display for it.
set -euo pipefail

[ -n "${WEBKIT:-}" ] && echo "$WEBKIT" && exit
find_one() {
	command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null &&
		find /usr/lib /usr/libexec -path '*webkit2gtk-4.*/MiniBrowser' 2>/dev/null | sort | grep -m 1 .
}
find_one && exit
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "webkit.sh: install WebKitGTK's WebDriver and MiniBrowser, and Xvfb; or name a MiniBrowser in WEBKIT" >&2
	exit 1
fi
apt-get update -q >&2
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends webkit2gtk-driver xvfb >&2
find_one
