package site

import (
	"encoding/json"
	"net/http"
)

// config answers with what the page needs to know about its server:
//
//	{"traq": "https://traq.example"}  the origin of the real traQ behind the API
//	{"traq": null}                    one in memory
func config(traq string) http.Handler {
	content := struct {
		TRAQ *string `json:"traq"`
	}{}
	if traq != "" {
		content.TRAQ = &traq
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(content) // a caller who went away misses it
	})
}
