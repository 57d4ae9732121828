#!/bin/sh
# npm's wasm-opt, as TinyGo and tools/tinygo.sh run it: a function that has one
# caller stays a function, which compresses better, the module by a hundredth.
exec "$(dirname "$0")/../js/node_modules/.bin/wasm-opt" --one-caller-inline-max-function-size=0 "$@"
