// Command mutants breaks authcore in one place at a time, and tells for which
// of these breaks no test fails. The working tree stays as it is: the compiler
// is given other files in the place of the right ones.
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed mutants.txt
var list string

const (
	target = "github.com/traq-auth/traq-auth/authcore"
	// variable is the environment's that tells which mutant to be.
	variable = "AUTHCORE_MUTANT"
	chooser  = `package authcore

import (
	"os"
	"strconv"
)

var mutant, _ = strconv.Atoi(os.Getenv("` + variable + `"))
`
)

func main() {
	only := flag.String("only", "", "a regular expression: only the mutants whose names match")
	verbose := flag.Bool("v", false, "tell which test killed each")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, regexp.MustCompile(*only), *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only *regexp.Regexp, verbose bool) error {
	out, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", target).Output()
	if err != nil {
		return err
	}
	dir := strings.TrimSpace(string(out))
	mutants, files, err := load(dir)
	if err != nil {
		return err
	}
	temporary, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	tests, err := build(ctx, dir, temporary, files)
	if err != nil {
		return err
	}
	if err := tests.measure(ctx); err != nil {
		return err
	}

	var (
		mutex            sync.Mutex
		wait             sync.WaitGroup
		killed, survived int
		failures         []error
		slots            = make(chan struct{}, runtime.NumCPU())
	)
	for i, m := range mutants {
		if !only.MatchString(m.name) {
			continue
		}
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			killer, err := tests.killer(ctx, i+1)
			mutex.Lock()
			defer mutex.Unlock()
			switch {
			case err != nil:
				failures = append(failures, fmt.Errorf("%s: %w", m.name, err))
			case killer == "":
				survived++
				fmt.Printf("survived: %s\n", m.name)
			default:
				killed++
				if verbose {
					fmt.Printf("killed by %s: %s\n", killer, m.name)
				}
			}
		})
	}
	wait.Wait()
	fmt.Printf("%d killed, %d survived\n", killed, survived)
	if survived > 0 {
		failures = append(failures, errors.New("no test tells the survivors from what is right"))
	}
	return errors.Join(failures...)
}

// load reads the list, and the files that it names with the mutants in them,
// which are counted from 1.
func load(dir string) (mutants []mutant, files map[string]string, err error) {
	mutants, err = parse(list)
	if err != nil {
		return nil, nil, err
	}
	files = map[string]string{"mutant.go": chooser}
	var failures []error
	for first := 0; first < len(mutants); {
		name, end := mutants[first].file, first
		for end < len(mutants) && mutants[end].file == name {
			end++
		}
		path := filepath.Join(dir, name)
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, err
		}
		if _, twice := files[name]; twice {
			return nil, nil, fmt.Errorf("%s: its mutants are in two places of the list", name)
		}
		files[name], err = weave(path, string(text), mutants[first:end], first+1)
		failures = append(failures, err)
		first = end
	}
	return mutants, files, errors.Join(failures...)
}

// suite is authcore's tests, compiled with all mutants.
type suite struct {
	program, dir string
	slow         string        // a regular expression for the few that take most of the time
	limit        time.Duration // after which a mutant is taken to loop for ever
}

func build(ctx context.Context, dir, temporary string, files map[string]string) (suite, error) {
	replace := map[string]string{}
	for name, text := range files {
		path := filepath.Join(temporary, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return suite{}, err
		}
		replace[filepath.Join(dir, name)] = path
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return suite{}, err
	}
	description, program := filepath.Join(temporary, "overlay.json"), filepath.Join(temporary, "tests")
	if err := os.WriteFile(description, overlay, 0o600); err != nil {
		return suite{}, err
	}
	out, err := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", description, "-o", program, target).CombinedOutput()
	if err != nil {
		return suite{}, fmt.Errorf("the tests do not compile: %w\n%s", err, out)
	}
	return suite{program: program, dir: dir, limit: time.Minute}, nil
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\w+)|^panic: (.+)`)

var passed = regexp.MustCompile(`(?m)^--- PASS: (\w+) \(([0-9.]+)s\)`)

// measure runs all tests without a mutant, and notes which of them are slow.
func (s *suite) measure(ctx context.Context) error {
	begun := time.Now()
	out, err := s.run(ctx, 0, "-test.v", "-test.run="+tested, "-test.skip="+untested)
	if err != nil {
		return fmt.Errorf("without a mutant the tests fail: %w\n%s", err, out)
	}
	const slow = 0.01      // seconds, of which most take none that is shown
	names := []string{"-"} // which no test is called: without any, the expression would match all
	for _, test := range passed.FindAllStringSubmatch(string(out), -1) {
		if seconds, err := strconv.ParseFloat(test[2], 64); err == nil && seconds >= slow {
			names = append(names, test[1])
		}
	}
	s.limit = 20*time.Since(begun) + 5*time.Second
	s.slow = "^(" + strings.Join(names, "|") + ")$"
	return nil
}

// What is run: not the tests on imports, which are about the real files, nor the
// seeds of the fuzzing: what is a rule has a test of its own.
const tested, untested = "^Test", "^TestImports"

// killer is a test that fails for a mutant, "" for none. The slow ones are run
// where no other fails.
func (s *suite) killer(ctx context.Context, number int) (string, error) {
	killer, err := s.failing(ctx, number, "-test.run="+tested, "-test.skip="+untested+"|"+s.slow)
	if killer == "" && err == nil {
		killer, err = s.failing(ctx, number, "-test.run="+s.slow)
	}
	return killer, err
}

func (s *suite) run(ctx context.Context, number int, flags ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, s.program, append(flags, "-test.failfast", "-test.timeout="+s.limit.String())...)
	command.Dir = s.dir
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%d", variable, number))
	return command.CombinedOutput()
}

// failing is the first of some tests that fails for a mutant.
func (s *suite) failing(ctx context.Context, number int, flags ...string) (string, error) {
	out, err := s.run(ctx, number, flags...)
	if err == nil {
		return "", nil
	}
	found := failed.FindSubmatch(out)
	if found == nil {
		return "", fmt.Errorf("the tests do not run: %w\n%s", err, out)
	}
	return string(found[1]) + string(found[2]), nil
}
