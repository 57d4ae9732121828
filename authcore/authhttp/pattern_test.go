package authhttp_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// values are the texts that stand for something else in the table of
// authcore/authtest/scenarios.
type values map[string]string

var placeholder = regexp.MustCompile(`<([^<>=]+)>`)

// filled puts in a text the values that are known.
func (v values) filled(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(all string) string {
		if value, known := v[all[1:len(all)-1]]; known {
			return value
		}
		return all
	})
}

// filledJSON puts the values in all texts of a JSON text.
func (v values) filledJSON(raw json.RawMessage) (json.RawMessage, error) {
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return nil, err
	}
	return json.Marshal(v.filledAny(value))
}

func (v values) filledAny(value any) any {
	switch value := value.(type) {
	case string:
		return v.filled(value)
	case []any:
		for i := range value {
			value[i] = v.filledAny(value[i])
		}
	case map[string]any:
		for name := range value {
			value[name] = v.filledAny(value[name])
		}
	}
	return value
}

// match compares a value with a pattern, and keeps what the pattern names. Both
// are as encoding/json reads them into an any.
func (v values) match(value, pattern any) error {
	differs := fmt.Errorf("%s is not %s", asJSON(value), asJSON(pattern))
	switch pattern := pattern.(type) {
	case string:
		text, is := value.(string)
		if !is || !v.matchText(text, pattern) {
			return differs
		}
	case []any:
		list, is := value.([]any)
		if !is || len(list) != len(pattern) {
			return differs
		}
		left := append([]any{}, list...)
		for _, element := range pattern {
			at := 0
			for ; at < len(left); at++ {
				if v.match(left[at], element) == nil {
					break
				}
			}
			if at == len(left) {
				return differs
			}
			left = append(left[:at], left[at+1:]...)
		}
	case map[string]any:
		members, is := value.(map[string]any)
		if !is {
			return differs
		}
		for name, member := range pattern {
			found, there := members[name]
			if !there {
				return fmt.Errorf("%s: missing in %s", name, asJSON(value))
			}
			if err := v.match(found, member); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	default:
		if !reflect.DeepEqual(value, pattern) {
			return differs
		}
	}
	return nil
}

var (
	uuid = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	kept = regexp.MustCompile(`^<=(.+)>$`)
)

// javaScriptDate is how toISOString writes a date.
const javaScriptDate = "2006-01-02T15:04:05.000Z"

func (v values) matchText(text, pattern string) bool {
	if name := kept.FindStringSubmatch(pattern); name != nil {
		v[name[1]] = text
		return true
	}
	switch pattern {
	case "<text>":
		return true
	case "<uuid>":
		return uuid.MatchString(text)
	case "<date>":
		at, err := time.Parse(javaScriptDate, text)
		return err == nil && at.Format(javaScriptDate) == text
	}
	return text == v.filled(pattern)
}

func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func TestPattern(t *testing.T) {
	tests := []struct {
		value, pattern string
		matches        bool
	}{
		{`null`, `null`, true},
		{`null`, `"<text>"`, false},
		{`0`, `null`, false},
		{`401`, `401`, true},
		{`401`, `"401"`, false},
		{`true`, `false`, false},
		{`"alice"`, `"<name>"`, true},
		{`"http://q/alice?x"`, `"http://q/<name>?x"`, true},
		{`"bob"`, `"<name>"`, false},
		{`"<other>"`, `"<other>"`, true},
		{`"01A207AB-7610-7cca-92e9-2da640e2838e"`, `"<uuid>"`, true},
		{`"01a207ab76107cca92e92da640e2838e"`, `"<uuid>"`, false},
		{`"2026-11-23T09:05:27.410Z"`, `"<date>"`, true},
		{`"2026-11-23T09:05:27.410567Z"`, `"<date>"`, false},
		{`"2026-11-23T09:05:27Z"`, `"<date>"`, false},
		{`{"a":1,"b":2}`, `{"a":1}`, true},
		{`{"b":2}`, `{"a":null}`, false},
		{`[]`, `{}`, false},
		{`null`, `{}`, false},
		{`[]`, `[]`, true},
		{`null`, `[]`, false},
		{`["b","a"]`, `["a","b"]`, true},
		{`["a","a"]`, `["a","b"]`, false},
		{`["a","b"]`, `["a"]`, false},
		{`[{"x":"1","y":1},{"x":"2","y":2}]`, `[{"x":"<=kept>","y":2},{"x":"1"}]`, true},
	}
	for _, test := range tests {
		var value, pattern any
		assert.NoError(t, json.Unmarshal([]byte(test.value), &value))
		assert.NoError(t, json.Unmarshal([]byte(test.pattern), &pattern))
		v := values{"name": "alice"}
		assert.Equal(t, test.matches, v.match(value, pattern) == nil, "%s against %s", test.value, test.pattern)
		if strings.Contains(test.pattern, "<=") {
			assert.Equal(t, "2", v["kept"])
		}
	}
}
