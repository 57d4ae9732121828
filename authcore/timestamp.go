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
	// 2006-01-02T15:04:05
	if len(s) < 20 || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	ok = true
	number := func(from, to, low, high int) int {
		n := 0
		for ; from < to; from++ {
			if s[from] < '0' || s[from] > '9' {
				ok = false
				return 0
			}
			n = n*10 + int(s[from]-'0')
		}
		if n < low || n > high {
			ok = false
		}
		return n
	}
	year, month := number(0, 4, 0, 9999), number(5, 7, 1, 12)
	day := number(8, 10, 1, daysIn(year, month))
	seconds := int64(number(11, 13, 0, 23))*3600 + int64(number(14, 16, 0, 59))*60 + int64(number(17, 19, 0, 59))

	pos := 19
	if s[pos] == '.' {
		pos++
		start := pos
		for scale := int64(100_000); pos < len(s) && s[pos] >= '0' && s[pos] <= '9'; pos++ {
			micros += scale * int64(s[pos]-'0')
			scale /= 10
		}
		if pos == start {
			return 0, false
		}
	}
	switch zone := s[pos:]; {
	case zone == "Z":
	case len(zone) == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':':
		offset := int64(number(pos+1, pos+3, 0, 23))*3600 + int64(number(pos+4, pos+6, 0, 59))*60
		if zone[0] == '-' {
			offset = -offset
		}
		seconds -= offset
	default:
		return 0, false
	}
	if !ok {
		return 0, false
	}
	return (daysSince1970(year, month, day)*86400+seconds)*1_000_000 + micros, true
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// daysSince1970 counts in years that begin in March, so that the leap day is
// the last.
func daysSince1970(year, month, day int) int64 {
	if month < 3 {
		year--
		month += 12
	}
	days := 365*year + floorDiv(year, 4) - floorDiv(year, 100) + floorDiv(year, 400)
	return int64(days + (153*(month-3)+2)/5 + day - 1 - 719_468)
}

// floorDiv divides by a positive number, rounding down: year is -1 in January
// of the year 0.
func floorDiv(a, b int) int {
	if a < 0 {
		return -1
	}
	return a / b
}
