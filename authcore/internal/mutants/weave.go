package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// weave puts mutants into a file's text, all of them at once, so that they are
// compiled together: behind the file each broken function stands as another
// one, and the right one begins with
//
//	if mutant == 7 { return f_mutant7(a, b) }
//
// The mutants are counted from first.
func weave(path, text string, mutants []mutant, first int) (string, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, path, text, 0)
	if err != nil {
		return "", err
	}
	offset := func(p token.Pos) int { return files.Position(p).Offset }
	entrances := map[int]string{} // by the offset of a function's body
	var broken strings.Builder
	var failures []error
	for i, m := range mutants {
		f, err := m.function(parsed, offset, text)
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", m.name, err))
			continue
		}
		number := first + i
		call, err := call(f, fmt.Sprintf("%s_mutant%d", f.Name.Name, number))
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", m.name, err))
			continue
		}
		entrances[offset(f.Body.Lbrace)+1] += fmt.Sprintf(" if mutant == %d { %s };", number, call)
		declaration := text[offset(f.Pos()):offset(f.Name.End())] + fmt.Sprintf("_mutant%d", number) + text[offset(f.Name.End()):offset(f.End())]
		// The compiler tells a mutant's name where it does not compile.
		fmt.Fprintf(&broken, "\n//line %s:1\n%s\n", m.name, strings.Replace(declaration, m.old, m.new, 1))
	}
	var woven strings.Builder
	for i := range len(text) {
		woven.WriteString(entrances[i])
		woven.WriteByte(text[i])
	}
	return woven.String() + broken.String(), errors.Join(failures...)
}

// function finds the one that a mutant is in.
func (m mutant) function(file *ast.File, offset func(token.Pos) int, text string) (*ast.FuncDecl, error) {
	switch {
	case m.old == "" || m.old == m.new:
		return nil, errors.New("it changes nothing")
	case strings.Count(text, m.old) != 1:
		return nil, fmt.Errorf("its old text occurs %d times in %s", strings.Count(text, m.old), m.file)
	}
	at := strings.Index(text, m.old)
	for _, d := range file.Decls {
		if f, is := d.(*ast.FuncDecl); is && offset(f.Body.Lbrace) < at && at+len(m.old) <= offset(f.End()) {
			return f, nil
		}
	}
	return nil, errors.New("its old text is not in the body of one function")
}

// call is the statement that hands a function's arguments on to another.
func call(f *ast.FuncDecl, name string) (string, error) {
	one := func(fields *ast.FieldList) (names []string) {
		for _, field := range fields.List {
			if len(field.Names) == 0 {
				names = append(names, "_")
			}
			for _, n := range field.Names {
				names = append(names, n.Name)
			}
		}
		return names
	}
	arguments := one(f.Type.Params)
	if f.Recv != nil {
		receiver := one(f.Recv)[0]
		arguments, name = append(arguments, receiver), receiver+"."+name
	}
	for _, argument := range arguments {
		if argument == "_" {
			return "", fmt.Errorf("%s has a parameter without a name", f.Name.Name)
		}
	}
	list := strings.Join(arguments[:f.Type.Params.NumFields()], ", ")
	if fields := f.Type.Params.List; len(fields) > 0 {
		if _, variadic := fields[len(fields)-1].Type.(*ast.Ellipsis); variadic {
			list += "..."
		}
	}
	call := name + "(" + list + ")"
	if f.Type.Results == nil {
		return call + "; return", nil
	}
	return "return " + call, nil
}
