#!/usr/bin/env bash
# Installs what tests need, and where it is "all", what those in browsers do.
set -euo pipefail
cd "$(dirname "$0")/../.."
make js/node_modules/.installed js/test/environments/node_modules/.installed bench/node_modules/.installed
if [ "$1" = all ]; then
	tools/chromium.sh
	tools/headless-shell.sh
	tools/firefox.sh
	tools/webkit.sh
	(cd tools && go build -o ../build/tools/wasmbrowsertest github.com/agnivade/wasmbrowsertest)
fi
