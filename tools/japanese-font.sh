#!/usr/bin/env bash
# Sees to it that pictures of pages show Japanese, and no boxes in its place: by a
# font of Debian's, which root installs.
set -euo pipefail

[ -n "$(fc-list :lang=ja)" ] && exit
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "japanese-font.sh: install a Japanese font" >&2
	exit 1
fi
apt-get update -q >&2
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends fonts-vlgothic >&2
