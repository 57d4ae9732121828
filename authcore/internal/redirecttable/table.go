// Package redirecttable is a table of what redirects may be given, and where
// each value leads: for Go's tests and for the end-to-end tests, which read the
// JSON. What its members mean, it says itself.
package redirecttable

import (
	_ "embed"
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

//go:embed redirects.json
var text []byte

type group struct {
	Accepted    map[string]*string
	Refused     []string
	AuthHTTP    json.RawMessage
	Expressions bool
}

// Row is a value that is text, and what it is.
type Row struct {
	Value string
	// To is the address that it is; "" for nowhere.
	To      string
	Refused bool
}

// Origins are what the table's names for origins stand for: api, app and evil.
type Origins map[string]string

var name = regexp.MustCompile(`\{\w+\}`)

func (o Origins) fill(text, self string) string {
	return name.ReplaceAllStringFunc(text, func(name string) string {
		name = name[1 : len(name)-1]
		switch name {
		case "self":
			return self
		case "here":
			return self[:strings.LastIndexByte(self, '/')]
		case "long":
			return strings.Repeat("x", 8000)
		}
		of := strings.TrimSuffix(strings.TrimSuffix(name, "Host"), "Port")
		origin, err := url.Parse(o[of])
		switch {
		case err != nil || o[of] == "":
			panic("the table has an unknown name: " + name)
		case strings.HasSuffix(name, "Host"):
			return origin.Host
		case strings.HasSuffix(name, "Port"):
			return origin.Port()
		}
		return o[of]
	})
}

// Rows gives a part of the table, in which addresses are resolved against one:
// as a browser reads them or, with net/url, authhttp.
func (o Origins) Rows(part, self string, authhttp bool) (rows []Row) {
	var parts map[string]json.RawMessage
	var groups []group
	must(json.Unmarshal(text, &parts))
	must(json.Unmarshal(parts[part], &groups))
	for _, g := range groups {
		if g.Expressions {
			continue
		}
		var own map[string]string
		refuses := authhttp && string(g.AuthHTTP) == `"refuses"`
		if authhttp && g.AuthHTTP != nil && !refuses {
			must(json.Unmarshal(g.AuthHTTP, &own))
		}
		for _, value := range slices.Sorted(maps.Keys(g.Accepted)) {
			row := Row{Value: o.fill(value, self), Refused: refuses}
			to := g.Accepted[value]
			if other, is := own[value]; is {
				to = &other
			}
			if to != nil && !refuses {
				row.To = o.fill(*to, self)
			}
			rows = append(rows, row)
		}
		for _, value := range g.Refused {
			rows = append(rows, Row{Value: o.fill(value, self), Refused: true})
		}
	}
	return rows
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
