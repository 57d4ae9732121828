package authtest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// bind reads a request's body into a struct; where it cannot, it answers and
// gives false. A form is taken, and binds nothing.
func (x *exchange) bind(into any) bool {
	if x.r.ContentLength == 0 {
		return true
	}
	mediaType, _, _ := strings.Cut(x.r.Header.Get("Content-Type"), ";")
	switch strings.TrimSpace(mediaType) {
	case "application/json":
		// The first value counts; what follows it is not read.
		if err := json.NewDecoder(x.r.Body).Decode(into); err != nil {
			x.fail(http.StatusBadRequest, "Bad Request")
			return false
		}
	case "application/x-www-form-urlencoded", "multipart/form-data":
	default:
		x.fail(http.StatusUnsupportedMediaType, "Unsupported Media Type")
		return false
	}
	return true
}

// valid answers with what is wrong with the fields, by name in their order, and
// gives whether nothing is.
func (x *exchange) valid(fields ...[2]string) bool {
	var wrong []string
	for _, field := range fields {
		if field[1] != "" {
			wrong = append(wrong, field[0]+": "+field[1])
		}
	}
	if wrong == nil {
		return true
	}
	x.fail(http.StatusBadRequest, strings.Join(wrong, "; ")+".")
	return false
}

func notBlank(s string) string {
	if s == "" {
		return "cannot be blank"
	}
	return ""
}
