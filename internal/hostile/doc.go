// Package hostile is a server that answers as none should, and the table of what
// it answers: bodies that break off or never end, lengths that lie, statuses that
// there are not, JSON that is none, floods of headers, redirects everywhere, and
// HTTP/2 against its own rules. It writes to the socket itself, because no server
// that is made to be right would send such answers.
//
// A table's row says what the calls of a client may come to. authcore/authhttp
// plays it with net/http, and js/test/hostile in browsers:
//
//	{"half of it, then closed", wire(sized+"{half}", shut), broken},
//
// The rows of a kind are in a file of their own.
package hostile
