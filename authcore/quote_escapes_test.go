package authcore

import (
	"encoding/json"
	"fmt"
	neturl "net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escapes are what becomes of a secret within a text that a server or a proxy makes
// of what it was asked.
var escapes = map[string]func(string) string{
	"as it is":               func(s string) string { return s },
	"as sent":                func(s string) string { return quoted(s) },
	"JSON by Go":             goJSON,
	"JSON by JavaScript":     javaScriptJSON,
	"JSON by Python":         func(s string) string { return jsonBy(s, "", `\u%04x`, "\b\f\n\r\t", 0x7E) },
	"JSON by PHP":            func(s string) string { return jsonBy(s, "/", `\u%04x`, "\b\f\n\r\t", 0x7F) },
	"JSON by Ruby on Rails":  func(s string) string { return escapeAll(javaScriptJSON(s), "<>&\u2028\u2029", `\u%04x`) },
	"JSON by .NET":           dotNetJSON,
	"JSON, all as \\u":       func(s string) string { return jsonBy(s, "", `\u%04x`, "", 0) },
	"JSON, all as \\U":       func(s string) string { return jsonBy(s, "", `\u%04X`, "", 0) },
	"JSON in JSON":           func(s string) string { return quoted(quoted(s)) },
	"JSON in JSON by Go":     func(s string) string { return goJSON(goJSON(s)) },
	"JSON in JSON by .NET":   func(s string) string { return dotNetJSON(dotNetJSON(s)) },
	"Go's JSON in .NET's":    func(s string) string { return dotNetJSON(goJSON(s)) },
	"an address in JSON":     func(s string) string { return goJSON(percentEncode(s)) },
	"JSON in an address":     func(s string) string { return percentEncode(quoted(s)) },
	"Go's JSON in a form":    func(s string) string { return neturl.QueryEscape(goJSON(s)) },
	".NET's JSON in a path":  func(s string) string { return neturl.PathEscape(dotNetJSON(s)) },
	"an address in another":  func(s string) string { return percentEncode(percentEncode(s)) },
	"percent-encoded":        percentEncode,
	"with small digits":      func(s string) string { return strings.ToLower(percentEncodeAll(s)) },
	"every byte":             percentEncodeAll,
	"encodeURIComponent":     encodeURIComponent,
	"a path":                 neturl.PathEscape,
	"a form":                 neturl.QueryEscape,
	"a form in .NET's JSON":  func(s string) string { return dotNetJSON(neturl.QueryEscape(s)) },
	"a form in another form": func(s string) string { return neturl.QueryEscape(neturl.QueryEscape(s)) },
}

func goJSON(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func javaScriptJSON(s string) string { return jsonBy(s, "", `\u%04x`, "\b\f\n\r\t", utf8.MaxRune) }

func dotNetJSON(s string) string {
	return jsonBy(s, "\"&'+<>`", `\u%04X`, "\b\f\n\r\t", 0x7E)
}

// jsonBy writes a JSON string as the library does that escapes characters of its own
// choice, has a form of \u, writes some control characters by letters and everything
// above a last one by \u.
func jsonBy(s, chosen, format, letters string, last rune) string {
	var out strings.Builder
	for _, char := range s {
		at := strings.IndexRune(letters, char)
		switch {
		case at >= 0:
			out.WriteString(`\` + "bfnrt"[at:at+1])
		case char == '/' && strings.ContainsRune(chosen, char):
			out.WriteString(`\/`)
		case char < ' ' || char > last || strings.ContainsRune(chosen, char):
			out.WriteString(utf16Escape(char, format))
		case char == '"' || char == '\\':
			out.WriteString(`\` + string(char))
		default:
			out.WriteRune(char)
		}
	}
	return `"` + out.String() + `"`
}

func utf16Escape(char rune, format string) (out string) {
	for _, unit := range utf16.Encode([]rune{char}) {
		out += fmt.Sprintf(format, unit)
	}
	return out
}

func escapeAll(s, chars, format string) string {
	for _, char := range chars {
		s = strings.ReplaceAll(s, string(char), utf16Escape(char, format))
	}
	return s
}

func percentEncodeAll(s string) (out string) {
	for i := 0; i < len(s); i++ {
		out += fmt.Sprintf("%%%02X", s[i])
	}
	return out
}

func encodeURIComponent(s string) string {
	return strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(percentEncode(s))
}
