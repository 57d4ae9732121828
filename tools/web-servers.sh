#!/usr/bin/env bash
# Sees to it that there are nginx and Caddy to test behind: Debian's, which root installs.
set -euo pipefail

command -v nginx >/dev/null && command -v caddy >/dev/null && exit
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "web-servers.sh: install nginx and Caddy" >&2
	exit 1
fi
apt-get update -q >&2
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nginx-light caddy >&2
