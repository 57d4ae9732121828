package authtest

import (
	"html"
	"strings"
)

// The markup of the web UI's pages. It is written without html/template, which
// makes a program that has it half as large again, as WebAssembly: all that is
// not constant goes through escaped or said.

// pageData is what a page shows.
type pageData struct {
	Text   map[string]string
	Error  string
	Name   string // that was given to log in with
	User   string
	Client *OAuth2Client
	Scopes []string
	Origin string // that is led back to
}

var escaped = html.EscapeString

// said is one of the page's words.
func (d pageData) said(name string) string { return escaped(d.Text[name]) }

// page is one with this title.
func (d pageData) page(title, content string) string {
	return `<!doctype html>
<html lang="` + d.said("lang") + `">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>` + title + ` – traQ</title>
<style>` + pageStyle + `</style>
<main>
` + content + `</main>
</html>
`
}

func (d pageData) login() string {
	problem, described := "", ""
	if d.Error != "" {
		problem = `<p class="error" id="error" role="alert">` + escaped(d.Error) + "</p>\n"
		described = ` aria-describedby="error"`
	}
	return d.page(d.said("login"), `<h1>`+d.said("login")+`</h1>
`+problem+`<form method="post">
<label>`+d.said("name")+` <input name="name" value="`+escaped(d.Name)+`" autocomplete="username" autocapitalize="none" spellcheck="false" required`+described+`></label>
<label>`+d.said("password")+` <input name="password" type="password" autocomplete="current-password" required`+described+`></label>
<p class="buttons"><button class="main">`+d.said("login")+`</button></p>
</form>
`)
}

func (d pageData) consent() string {
	named := func(name string) string { return "<bdi>" + escaped(name) + "</bdi>" }
	description := ""
	if d.Client.Description != "" {
		description = "<p>" + named(d.Client.Description) + "</p>\n"
	}
	scopes := &strings.Builder{}
	for _, scope := range d.Scopes {
		scopes.WriteString("<li>" + d.said(scope) + " <code>(" + escaped(scope) + ")</code></li>\n")
	}
	return d.page(d.said("consent"), `<h1>`+named(d.Client.Name)+d.said("asks")+`</h1>
`+description+`<p>`+d.said("may")+`</p>
<ul>
`+scopes.String()+`</ul>
<p class="dim">`+d.said("as")+named(d.User)+d.said("leads")+named(d.Origin)+d.said("by")+named(d.Client.Owner)+d.said("end")+`</p>
<form method="post" action="/api/v3/oauth2/authorize/decide">
<p class="buttons"><button class="main" name="submit" value="approve">`+d.said("allow")+`</button> <button name="submit" value="deny">`+d.said("deny")+`</button></p>
</form>
`)
}

func (d pageData) problem() string {
	return d.page(d.said("problem"), `<h1>`+d.said("problem")+`</h1>
<p>`+escaped(d.Error)+`</p>
`)
}
