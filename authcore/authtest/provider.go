package authtest

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// providerPath is below where the external provider is, on the server's own
// origin. It stands for a service of somebody else's, so nothing of it is
// traQ's.
const providerPath = "/_provider/"

func (x *exchange) provider(path string) {
	query := x.r.URL.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	if err != nil || !strings.HasPrefix(back.Path, "/api/auth/") || query.Get("state") == "" {
		http.Error(x.w, "redirect_uri or state is missing or wrong", http.StatusBadRequest)
		return
	}
	answer := "state=" + url.QueryEscape(query.Get("state"))
	switch path + " " + query.Get("decision") {
	case "authorize ":
		x.w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = x.w.Write([]byte(providerPage(query)))
		return
	case "authorize approve":
		account := query.Get("account")
		if len(account) > 256 {
			http.Error(x.w, "account is too long", http.StatusBadRequest)
			return
		}
		code := randomText(32)
		x.codes.put(code, account)
		answer += "&code=" + code
	case "authorize deny":
		answer += "&error=access_denied"
	default:
		http.NotFound(x.w, x.r)
		return
	}
	back.RawQuery = answer
	x.redirect(back.String())
}

// providerPage asks who somebody is, in a form that keeps what the page was asked.
func providerPage(query url.Values) string {
	kept := &strings.Builder{}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		for _, value := range query[name] {
			kept.WriteString(`<input type="hidden" name="` + html.EscapeString(name) + `" value="` + html.EscapeString(value) + "\">\n")
		}
	}
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in at the external provider</title>
<h1>External provider</h1>
<p>traQ asks who you are here. (This page stands for a service such as GitHub.)</p>
<form>
` + kept.String() + `<p><label>Account name <input name="account" value="alice_ext" required></label></p>
<p><button name="decision" value="approve">Approve</button> <button name="decision" value="deny" formnovalidate>Deny</button></p>
</form>
</html>
`
}
