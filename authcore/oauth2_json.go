//go:build !tinygo || oauth2

package authcore

// texts reads those members of an object that are named, each into the value of the
// same place, and skips what else is in it; it gives which were there, the first as
// the lowest bit. All are strings but expires_in, whose digits are given. In the
// object that is called traq, "traq." begins a member's name.
func (r *jsonReader) texts(of, names string, values *[5]string) (seen int) {
	for r.open('{'); r.more('}'); {
		name := of + r.key()
		i := indexWord(names, name)
		switch c := r.peek(); {
		case i < 0 && c == '{' && name == "traq":
			seen |= r.texts("traq.", names, values)
			continue
		case i < 0:
			r.skipValue()
			continue
		case name == "expires_in":
			start := r.pos
			r.digits()
			values[i] = r.text[start:r.pos]
		default:
			values[i] = r.string()
		}
		seen |= 1 << i
	}
	return seen
}
