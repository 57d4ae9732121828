package authcore

// member is a member of a JSON object whose value is a string.
type member struct {
	name  string
	value *string
}

// members reads an object that must have all of these, and skips what else is
// in it. One that is missing is said to be of what has it.
func (r *jsonReader) members(of string, members []member) {
	seen := 0
	for r.open('{'); r.more('}'); {
		key, known := r.key(), false
		for i, m := range members {
			if m.name == key {
				*m.value = r.string()
				seen |= 1 << i
				known = true
			}
		}
		if !known {
			r.skipValue()
		}
	}
	for i, m := range members {
		if seen&(1<<i) == 0 {
			r.fail("its JSON lacks " + of + m.name)
		}
	}
}
