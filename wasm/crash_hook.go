//go:build js && wasm && crash

package main

// crash ends the program in the way that an access token names: the test hook
// of what JavaScript does then (js/test/e2e/crash.test.ts).
func crash(way string) {
	switch way {
	case "panic":
		panic("on purpose")
	case "overflow":
		overflow(0)
	case "memory":
		for {
			kept = append(kept, make([]byte, 64<<20))
		}
	}
}

var kept [][]byte

func overflow(depth int) int {
	var frame [1024]byte
	frame[depth%len(frame)] = byte(depth)
	return overflow(depth+1) + int(frame[depth%len(frame)])
}
