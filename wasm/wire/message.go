package wire

// Kind is what a message is.
type Kind uint32

// The kinds of messages.
const (
	Call Kind = iota
	Response
	Request
	Result
	Error
)

// MaxSize is the size in bytes beyond which a message is refused.
const MaxSize = 16 << 20

const (
	headerSize = 32
	null       = -1
)
