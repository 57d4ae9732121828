package main

import (
	"fmt"
	"strings"
)

// mutant is authcore with one thing broken.
type mutant struct {
	name     string
	file     string
	old, new string
}

// parse reads a list; mutants.txt tells its form.
func parse(text string) (mutants []mutant, err error) {
	file := ""
	names := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		sign, rest, _ := strings.Cut(line, " ")
		var m *mutant
		if len(mutants) > 0 {
			m = &mutants[len(mutants)-1]
		}
		switch {
		case line == "" || line[0] == '#':
		case sign == "file":
			file = rest
		case sign == "=":
			name := file + ": " + rest
			if names[name] {
				return nil, fmt.Errorf("line %d: a second %s", i+1, name)
			}
			names[name] = true
			mutants = append(mutants, mutant{name: name, file: file})
		case sign == "-" && m != nil:
			m.old = join(m.old, rest)
		case sign == "+" && m != nil:
			m.new = join(m.new, rest)
		default:
			return nil, fmt.Errorf("line %d: %q is nothing that a list has", i+1, line)
		}
	}
	return mutants, nil
}

func join(text, line string) string {
	if text == "" {
		return line
	}
	return text + "\n" + line
}
