#!/bin/sh
# Sees to it that pictures of pages show Japanese, and no boxes in its place.
set -eu
if ! fc-list :lang=ja | grep -q .; then
	apt-get install -y -q --no-install-recommends fonts-vlgothic >&2
fi
