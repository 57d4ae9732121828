//go:build !tinygo || oauth2

package authcore

// texts reads those members of an object that are named, each into the value of the
// same place, and skips what else is in it; it gives which were there, the first as
// the lowest bit. All are strings but expires_in, whose digits are given. In the
// object that is called traq, "traq." begins a member's name.
func (r *jsonReader) texts(names string, values *[5]string) (seen int) {
	if flatBodies {
		return r.flatTexts(names, values)
	}
	return r.textsOf("", names, values)
}

func (r *jsonReader) textsOf(object, names string, values *[5]string) (seen int) {
	for r.open('{'); r.more('}'); {
		name := object + r.key()
		i := indexWord(names, name)
		switch c := r.peek(); {
		case i < 0 && c == '{' && name == "traq":
			seen |= r.textsOf("traq.", names, values)
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

// flatTexts is texts for what JavaScript's own parser has made of the JSON: of each
// member the name and the value, a NUL behind either. A string begins with a quote,
// another value is as JSON has it. Of what is no object, nothing is left.
func (r *jsonReader) flatTexts(names string, values *[5]string) (seen int) {
	for rest := r.text; rest != ""; {
		var name, value string
		name, rest = cut(rest, 0)
		value, rest = cut(rest, 0)
		i := indexWord(names, name)
		if i < 0 {
			continue
		}
		if name != "expires_in" {
			if !hasPrefix(value, `"`) {
				r.fail(malformed)
				break
			}
			value = value[1:]
		}
		values[i] = value
		seen |= 1 << i
	}
	return seen
}
