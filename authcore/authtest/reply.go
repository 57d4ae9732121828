package authtest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strings"
)

// gzipThreshold is the size in bytes from which a body is compressed.
const gzipThreshold = 1400

func (x *exchange) setHeaders() {
	h := x.w.Header()
	h.Add("Vary", "Accept-Encoding")
	h.Add("Vary", "Origin")
	h.Set("X-Request-Id", randomText(32))
	h.Set("X-Traq-Version", version)
	if x.r.Header.Get("Origin") != "" {
		h.Set("Access-Control-Allow-Origin", "*")
		if x.r.Method != http.MethodOptions {
			h.Set("Access-Control-Expose-Headers", "X-TRAQ-VERSION,X-TRAQ-FILE-CACHE,X-TRAQ-FILE-TYPE,X-TRAQ-More,X-Request-Id")
		}
	}
}

// preflight answers every OPTIONS. Credentials are never allowed.
func (x *exchange) preflight() {
	h := x.w.Header()
	if x.r.Header.Get("Origin") != "" {
		h.Add("Vary", "Access-Control-Request-Method")
		h.Add("Vary", "Access-Control-Request-Headers")
		h.Set("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
		h.Set("Access-Control-Allow-Headers", "Content-Type,Authorization,X-TRAQ-Signature,X-TRAQ-Channel-Id")
		h.Set("Access-Control-Max-Age", "3600")
	}
	x.w.WriteHeader(http.StatusNoContent)
}

func (x *exchange) noContent() { x.w.WriteHeader(http.StatusNoContent) }

// redirect answers 302, or 204 where there is no target. The target is not
// checked: the real server does not either.
func (x *exchange) redirect(target string) {
	if target == "" {
		x.noContent()
		return
	}
	x.w.Header().Set("Location", target)
	x.w.WriteHeader(http.StatusFound)
}

func (x *exchange) fail(status int, message string) {
	x.body(status, map[string]string{"message": message}, "")
}

func (x *exchange) json(value any) {
	indent := ""
	if x.r.URL.Query().Has("pretty") {
		indent = "  "
	}
	x.body(http.StatusOK, value, indent)
}

func (x *exchange) body(status int, value any, indent string) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		panic(err) // a value of ours that is no JSON
	}
	if x.r.Method == http.MethodHead {
		x.w.WriteHeader(status)
		return
	}
	x.w.Header().Set("Content-Type", "application/json")
	if body.Len() >= gzipThreshold && strings.Contains(x.r.Header.Get("Accept-Encoding"), "gzip") {
		x.w.Header().Set("Content-Encoding", "gzip")
		x.w.WriteHeader(status)
		z := gzip.NewWriter(x.w)
		_, _ = z.Write(body.Bytes())
		_ = z.Close()
		return
	}
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body.Bytes()) // a caller who went away misses it
}
