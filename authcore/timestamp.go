package authcore

// timestamp is parseTimestamp for a member that was read as a string.
func (r *jsonReader) timestamp(s string) int64 {
	micros, ok := parseTimestamp(s)
	if !ok {
		r.fail("its JSON lacks a date")
	}
	return micros
}

// parseTimestamp reads an RFC 3339 date and time as whole microseconds since
// 1970, cutting off what is finer. The letters are upper case, as traQ writes
// them. It stands in for time.Parse, which costs 28 KB.
func parseTimestamp(s string) (micros int64, ok bool) {
	const layout = "0000-00-00T00:00:00"
	digits := digitsOf(s, layout) // what is negative has no month
	date, seconds := int(digits/1_000_000), secondsOf(int(digits%1_000_000))
	year, month, day := date/10_000, date/100%100, date%100
	first := daysBefore(year, month)
	if month < 1 || month > 12 || day < 1 || day > daysBefore(year, month+1)-first || seconds < 0 {
		return 0, false
	}

	rest := s[len(layout):]
	if hasPrefix(rest, ".") {
		rest = rest[1:]
		scale := 100_000
		for ; rest != "" && isDigit(rest[0]); rest = rest[1:] {
			micros += int64(scale * int(rest[0]-'0'))
			scale /= 10
		}
		if scale == 100_000 {
			return 0, false
		}
	}
	if rest != "Z" {
		if len(rest) != 6 {
			return 0, false
		}
		offset := secondsOf(int(digitsOf(rest[1:], "00:00")) * 100)
		switch {
		case offset < 0:
			return 0, false
		case rest[0] == '+':
			seconds -= offset
		case rest[0] == '-':
			seconds += offset
		default:
			return 0, false
		}
	}
	return (int64(first+day-1)*86400+int64(seconds))*1_000_000 + micros, true
}

// digitsOf reads the digits of a text as one number. The text begins like the
// layout, in which 0 stands for a digit; the number is negative where it does not.
func digitsOf(s, layout string) (digits int64) {
	if len(s) < len(layout) {
		return -1
	}
	for i := 0; i < len(layout); i++ {
		switch {
		case layout[i] == '0' && isDigit(s[i]):
			digits = digits*10 + int64(s[i]-'0')
		case layout[i] == '0' || layout[i] != s[i]:
			return -1
		}
	}
	return digits
}

// secondsOf gives which second of a day it is at hhmmss; it is negative where
// no clock shows that.
func secondsOf(clock int) int {
	hour, minute, second := clock/10_000, clock/100%100, clock%100
	if hour > 23 || minute > 59 || second > 59 {
		return -1
	}
	return hour*3600 + minute*60 + second
}

// daysBefore gives how many days after 1970 began a month begins; the one behind
// December may be the 13th. It counts in years that begin in March, so that the
// leap day is the last, from 400 years before the year 0, so that none is negative.
func daysBefore(year, month int) int {
	year += 400
	if month < 3 {
		year--
		month += 12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 - 865_565
}
