package authtest

// recent is a map of so many entries at most: what is kept for who never comes
// back makes room for what is newer.
type recent[V any] struct {
	entries map[string]V
	limit   int
	// order has the keys in the order of their coming, as a ring; next is the
	// oldest, once it is full.
	order []string
	next  int
}

func newRecent[V any](limit int) *recent[V] {
	return &recent[V]{entries: map[string]V{}, limit: limit}
}

func (r *recent[V]) get(key string) (V, bool) {
	value, known := r.entries[key]
	return value, known
}

// put adds an entry, or replaces one, which keeps its place in the order.
func (r *recent[V]) put(key string, value V) {
	if _, known := r.entries[key]; !known {
		if len(r.order) < r.limit {
			r.order = append(r.order, key)
		} else {
			delete(r.entries, r.order[r.next])
			r.order[r.next] = key
			r.next = (r.next + 1) % r.limit
		}
	}
	r.entries[key] = value
}

// delete removes an entry. A key does not come again after it: they are random.
func (r *recent[V]) delete(key string) { delete(r.entries, key) }
