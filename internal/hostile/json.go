package hostile

import (
	"fmt"
	"strings"

	"github.com/traq-auth/traq-auth/authcore"
)

// jsons are texts that are no JSON, or not the API's.
func jsons() []Case {
	// named is the right user with this text of JSON for the displayed name; seen
	// is what that is to a client.
	named := func(name, text, seen string) Case {
		return Case{
			Name:     name,
			answer:   says(strings.Replace(user, `"Alice"`, text, 1)),
			Expected: only("value", authcore.OpGetUser),
			Sees:     map[string]string{authcore.OpGetUser: strings.Replace(values[authcore.OpGetUser], `"Alice"`, seen, 1)},
		}
	}
	// with is a user that has this instead of a part.
	with := func(name, old, replacement string) Case {
		return Case{Name: name, answer: says(strings.Replace(user, old, replacement, 1)), Expected: refused}
	}
	// odd is a member before all others of the JSON that is right.
	odd := func(name, member string) Case {
		return Case{Name: name, answer: func(x *exchange) error {
			return says(strings.Replace(x.json, "{", "{"+member+",", 1))(x)
		}, Expected: right}
	}
	table := []Case{
		{Name: "an empty array", answer: says("[]"), Expected: only("value", authcore.OpListSessions, authcore.OpListAccounts), Sees: map[string]string{authcore.OpListSessions: "[]", authcore.OpListAccounts: "[]"}},
		{Name: "with white space around it", answer: says(" \t\r\n{json}\n\n\t "), Expected: right},
		{Name: "with a byte order mark", answer: says("\ufeff{json}"), Expected: right},
		{Name: "with two byte order marks", answer: says("\ufeff\ufeff{json}"), Expected: refused},
		{Name: "UTF-16, little-endian", answer: utf16(0, 1), Expected: refused},
		{Name: "UTF-16, big-endian", answer: utf16(1, 0), Expected: refused},
		{Name: "text behind it", answer: says("{json} x"), Expected: refused},
		{Name: "a comma behind it", answer: says("{json},"), Expected: refused},
		{Name: "twice", answer: says("{json}{json}"), Expected: refused},
		{Name: "twice, in lines", answer: says("{json}\n{json}\n"), Expected: refused},
		{Name: "zero bytes behind it", answer: says("{json}\x00\x00"), Expected: refused},
		{Name: "in an array", answer: says("[{json}]"), Expected: refused},
		{Name: "in an object", answer: says(`{"data":{json}}`), Expected: refused},
		{Name: "in a string", answer: says(`"{}"`), Expected: refused},
		{Name: "behind a guard against inclusion", answer: says(")]}',\n{json}"), Expected: refused},
		{Name: "in a call of a function", answer: says("callback({json})"), Expected: refused},
		{Name: "behind a comment", answer: says("/* odd */{json}"), Expected: refused},
		{Name: "all members of all answers", answer: says(user[:len(user)-1] + "," + version[1:]), Expected: only("value", authcore.OpGetUser, authcore.OpListProviders, authcore.OpGetServerInfo, authcore.OpLoginWith)},

		{Name: "100,000 arrays in one another", answer: says(times(100_000, "[") + times(100_000, "]")), Expected: refused},
		{Name: "4,000,000 open arrays", answer: says(times(4_000_000, "[")), Expected: refused},
		{Name: "100,000 objects in one another", answer: says(times(100_000, `{"a":`) + "1" + times(100_000, "}")), Expected: refused},
		odd("a member that is too deep", `"a":`+times(100, "[")+times(100, "]")).expecting(refused),
		odd("a member that is deep", `"a":`+times(50, "[")+times(50, "]")),
		odd("a member of 100,000 members", `"a":{`+times(100_000, `"a":1,`)+`"b":2}`),
		odd("a member of 1,000,000 numbers", `"a":[`+times(1_000_000, `1,`)+`2]`),
		odd("a name of 1,000,000 letters", `"`+times(1_000_000, "a")+`":1`),
		odd("a number of 1,000,000 digits", `"a":`+times(1_000_000, "9")),
		odd("a number that is too great", `"a":1e999999999`),
		odd("an empty name", `"":""`),
		odd("__proto__", `"__proto__":{"id":"`+iconID+`","name":"mallory","polluted":true}`),
		odd("constructor and toString", `"constructor":{"prototype":{"polluted":true}},"toString":1,"hasOwnProperty":null,"then":"x","toJSON":1`),
		odd("names in other letters", `"ID":1,"Id":2,"NAME":3,"Message":4,"ISSUEDAT":5,"Version":6,"LinkedAt":7`),
		odd("lone surrogates in names", `"\ud800":"\udfff","\udc00\ud800":1`),

		// The last of members with the same name counts, as to JSON.parse.
		{Name: "an id twice, the first one a number", answer: says(`{"id":1,` + user[1:]), Expected: refused},
		with("a name twice, the second one wrong", `"bot":false`, `"bot":false,"name":7`),
		with("a text twice, the second one empty", `"bot":false`, `"bot":false,"iconFileId":""`),
		{Name: "the whole user twice", answer: says(strings.Replace(strings.ReplaceAll(user, "alice", "mallory"), "}", ",", 1) + user[1:]), Expected: only("value", authcore.OpGetUser)},
		{Name: "a name with an escape", answer: says(strings.Replace(user, `"id"`, `"\u0069\u0064"`, 1)), Expected: only("value", authcore.OpGetUser)},
		with("a name with a zero behind it", `"id"`, `"id\u0000"`),

		with("no id", `"id":"`+userID+`",`, ``),
		with("an id that is null", `"`+userID+`"`, `null`),
		with("an id that is a number", `"`+userID+`"`, `1`),
		with("an id that is an object", `"`+userID+`"`, `{"toString":"`+userID+`"}`),
		with("an id in braces", userID, `{`+userID+`}`),
		with("an id without dashes", userID, strings.ReplaceAll(userID, "-", "")),
		with("an id with a path", userID, `../../`+userID[6:]),
		with("an id with a zero behind it", userID, userID+`\u0000`),
		with("no name", `"name":"alice",`, ``),
		with("a name that is null", `"alice"`, `null`),
		with("a name that is true", `"alice"`, `true`),
		with("a name that is an array", `"alice"`, `["alice"]`),
		with("a displayed name that is null", `"Alice"`, `null`),
		with("an icon that is null", `"`+iconID+`"`, `null`),

		with("single quotes", `"alice"`, `'alice'`),
		with("a name without quotes", `"name":`, `name:`),
		with("NaN", `1,"homeChannel"`, `NaN,"homeChannel"`),
		with("-Infinity", `1,"homeChannel"`, `-Infinity,"homeChannel"`),
		with("+1", `1,"homeChannel"`, `+1,"homeChannel"`),
		with("01", `1,"homeChannel"`, `01,"homeChannel"`),
		with(".5", `1,"homeChannel"`, `.5,"homeChannel"`),
		with("0x10", `1,"homeChannel"`, `0x10,"homeChannel"`),
		with("undefined", `null}`, `undefined}`),
		with("a comma before the end", `null}`, `null,}`),
		with("a comma at the beginning", `{"id"`, `{,"id"`),
		with("no comma", `"bot":false,`, `"bot":false `),
		with("another bracket at the end", `null}`, `null]`),
		with("an unknown escape", `Alice`, `\x41lice`),
		with("half an escape", `Alice`, `\u00`),
		with("a line feed in a text", `Alice`, "Al\nice"),
		with("a zero byte in a text", `Alice`, "Al\x00ice"),
		with("a text that never ends", `"Alice"`, `"Alice`),

		named("a zero", `"\u0000"`, `"\u0000"`),
		named("a lone high surrogate", `"a\ud83db"`, `"a�b"`),
		named("a lone low surrogate", `"a\ude00b"`, `"a�b"`),
		named("surrogates the wrong way round", `"\ude00\ud83d"`, `"��"`),
		named("a pair of surrogates", `"\ud83d\ude00"`, `"😀"`),
		named("a high surrogate before another pair", `"\ud83d\ud83d\ude00"`, `"�😀"`),
		named("bytes that are no UTF-8", "\"a\xffb\"", `"a�b"`),
		named("a byte order mark in a text", "\"a\ufeffb\"", "\"a\ufeffb\""),
		named("separators, controls and directions", "\"\u2028\u2029\u202e\u0085\u200b\x7f\"", "\"\u2028\u2029\u202e\u0085\u200b\x7f\""),
		named("markup", `"<img src=x onerror=alert(1)>"`, `"<img src=x onerror=alert(1)>"`),
		named("no letter", `""`, `""`),
		named("4 MB of letters", `"`+times(4_000_000, "a")+`"`, `"`+times(4_000_000, "a")+`"`),
		named("1 MB of three bytes each", `"`+times(330_000, "あ")+`"`, `"`+times(330_000, "あ")+`"`),
		named("650,000 escapes", `"`+times(650_000, `\u3042`)+`"`, `"`+times(650_000, "あ")+`"`),
		wide(50_000),
		{Name: "an array of 800,000 objects", answer: says("[" + times(800_000, "{},") + "{}]"), Expected: refused},
		{Name: "a session among null", answer: says(sessions[:len(sessions)-1] + ",null]"), Expected: refused},
	}
	for _, text := range []string{"", "null", "true", "0", `"x"`, "{}", "[null]", "[[]]", "[{}]", "{", "[", "nul", "\ufeff", "<user/>", "id: 1", "%PDF-1.7", "\xff\xfe\xfd"} {
		table = append(table, Case{Name: fmt.Sprintf("%q", text), answer: says(text), Expected: refused})
	}
	return table
}

func (c Case) expecting(e Expected) Case {
	c.Expected = e
	return c
}

// wide is a list of so many sessions.
func wide(n int) Case {
	var told, seen strings.Builder
	for i := range n {
		id := fmt.Sprintf("01a207ab-7612-7000-8000-%012x", i)
		fmt.Fprintf(&told, `,{"id":"%s","issuedAt":"2026-11-23T09:05:27Z"}`, id)
		fmt.Fprintf(&seen, `,{"id":"%s","issuedAt":"2026-11-23T09:05:27.000Z","current":null}`, id)
	}
	return Case{
		Name:     fmt.Sprintf("%d sessions", n),
		answer:   says("[" + told.String()[1:] + "]"),
		Expected: only("value", authcore.OpListSessions),
		Sees:     map[string]string{authcore.OpListSessions: "[" + seen.String()[1:] + "]"},
	}
}

// utf16 is the right JSON in two bytes a character, of which these are zero and
// its own.
func utf16(zero, own int) answer {
	return func(x *exchange) error {
		text := make([]byte, 2*len(x.json)+2)
		text[own], text[zero] = 0xff, 0xfe // the mark's bytes
		if own == 0 {
			text[0], text[1] = 0xff, 0xfe
		}
		for i := range len(x.json) {
			text[2*i+2+own], text[2*i+2+zero] = x.json[i], 0
		}
		return says(string(text))(x)
	}
}

// dates at every edge: of when sessions were opened, and accounts linked.
func dates() []Case {
	at := func(text, seen string) Case {
		c := Case{
			Name:     fmt.Sprintf("%.60s", text),
			answer:   func(x *exchange) error { return says(strings.ReplaceAll(x.json, `"`+opened+`"`, text))(x) },
			Expected: right.but("invalid_response", authcore.OpListSessions, authcore.OpListAccounts),
		}
		if seen != "" {
			c.Expected = right
			c.Sees = map[string]string{authcore.OpListSessions: sessionsOpened(seen), authcore.OpListAccounts: accountsLinked(seen)}
		}
		return c
	}
	const none = ""
	return []Case{
		at(`"0000-01-01T00:00:00Z"`, "0000-01-01T00:00:00.000Z"),
		at(`"0001-01-01T00:00:00Z"`, "0001-01-01T00:00:00.000Z"), // Go's zero time
		at(`"1582-10-10T00:00:00Z"`, "1582-10-10T00:00:00.000Z"),
		at(`"1969-12-31T23:59:59.999Z"`, "1969-12-31T23:59:59.999Z"),
		at(`"1970-01-01T00:00:00Z"`, "1970-01-01T00:00:00.000Z"),
		at(`"2000-02-29T12:00:00Z"`, "2000-02-29T12:00:00.000Z"),
		at(`"2038-01-19T03:14:08Z"`, "2038-01-19T03:14:08.000Z"),
		at(`"9999-12-31T23:59:59.999999Z"`, "9999-12-31T23:59:59.999Z"),
		at(`"2026-11-23T09:05:27+23:59"`, "2026-11-22T09:06:27.000Z"),
		at(`"2026-11-23T09:05:27-23:59"`, "2026-11-24T09:04:27.000Z"),
		at(`"2026-11-23T09:05:27-00:00"`, "2026-11-23T09:05:27.000Z"),
		at(`"2026-11-23T09:05:27.`+times(100_000, "1")+`Z"`, "2026-11-23T09:05:27.111Z"),
		at(`"2026-11-23T09:05:27\u005a"`, "2026-11-23T09:05:27.000Z"),
		at(`"1900-02-29T00:00:00Z"`, none), at(`"2025-02-29T00:00:00Z"`, none), at(`"2026-04-31T00:00:00Z"`, none),
		at(`"2026-00-01T00:00:00Z"`, none), at(`"2026-13-01T00:00:00Z"`, none), at(`"2026-01-00T00:00:00Z"`, none),
		at(`"2026-11-23T24:00:00Z"`, none), at(`"2026-11-23T23:60:00Z"`, none), at(`"2026-12-31T23:59:60Z"`, none),
		at(`"2026-11-23T09:05:27"`, none), at(`"2026-11-23T09:05:27 Z"`, none), at(`"2026-11-23 09:05:27Z"`, none),
		at(`"2026-11-23t09:05:27z"`, none), at(`"2026-11-23T09:05:27+24:00"`, none), at(`"2026-11-23T09:05:27+0900"`, none),
		at(`"2026-11-23T09:05:27.Z"`, none), at(`"2026-11-23T09:05:27,5Z"`, none), at(`"2026-11-23"`, none),
		at(`"10000-01-01T00:00:00Z"`, none), at(`"+012026-11-23T09:05:27Z"`, none), at(`"-0001-01-01T00:00:00Z"`, none),
		at(`"Mon, 23 Nov 2026 09:05:27 GMT"`, none), at(`"Invalid Date"`, none), at(`""`, none), at(`"0"`, none),
		at(`1795424727410`, none), at(`null`, none), at(`{}`, none), at(`"２０２６-11-23T09:05:27Z"`, none), at(`"`+times(1_000_000, "2")+`"`, none),
	}
}
