#!/bin/sh
# npm's wasm-opt, as TinyGo and tools/tinygo.sh run it: a function that has one
# caller stays a function, which compresses better, the module by a hundredth.
# It is WebAssembly too, and for modules as small as these V8's baseline compiler
# alone takes a third of the time.
exec node --liftoff-only "$(dirname "$0")/../js/node_modules/.bin/wasm-opt" --one-caller-inline-max-function-size=0 "$@"
