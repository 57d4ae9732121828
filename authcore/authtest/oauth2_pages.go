package authtest

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// The pages of traQ's web UI that an authorization leads to. They stand for
// those: what they look like is no recording. They need no script. Their markup
// is in oauth2_markup.go.

//go:embed pages.css
var pageStyle string

var pageStyleHash = func() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return base64.StdEncoding.EncodeToString(sum[:])
}()

// page answers what is of the web UI, and returns whether it was.
func (x *exchange) page(path string) bool {
	switch x.r.Method + " " + path {
	case "GET /login", "HEAD /login", "POST /login":
		x.loginPage()
	case "GET /consent", "HEAD /consent":
		x.consentPage()
	default:
		return false
	}
	return true
}

// loginPage logs in, and goes where it was asked for. Who is logged in goes there
// at once.
func (x *exchange) loginPage() {
	data := pageData{Text: x.pageText()}
	if x.r.Method == http.MethodPost {
		// Nobody is logged in by a page of somebody else's.
		if err := http.NewCrossOriginProtection().Check(x.r); err != nil {
			data.Error = data.Text["elsewhere"]
			x.showPage(http.StatusForbidden, data.problem(), "")
			return
		}
	}
	target := localTarget(x.r.FormValue("redirect"))
	if s := x.session(); s != nil && s.user.State == Active {
		x.redirect(target)
		return
	}
	if x.r.Method != http.MethodPost {
		x.showPage(http.StatusOK, data.login(), "'self'")
		return
	}
	data.Name = x.r.PostFormValue("name")
	u, status, _ := x.checkPassword(data.Name, x.r.PostFormValue("password"))
	switch {
	case u != nil:
		x.setSession(x.open(u))
		x.redirect(target)
		return
	case status == http.StatusForbidden:
		data.Error = data.Text["suspended"]
	default:
		data.Error = data.Text["wrong"]
	}
	x.showPage(status, data.login(), "'self'")
}

// localTarget is a path of this origin's, "/" for what is anything else, however
// a browser may read it.
func localTarget(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return "/"
	}
	escaped := u.String()
	if !strings.HasPrefix(escaped, "/") || strings.HasPrefix(escaped, "//") {
		return "/"
	}
	return escaped
}

// consentPage asks whether the client may have what it asks for: what it shows
// is the request that waits in the session, which is the one that is decided on.
func (x *exchange) consentPage() {
	data := pageData{Text: x.pageText()}
	s := x.session()
	if s == nil {
		x.redirect("/login?" + url.Values{"redirect": {x.r.URL.RequestURI()}}.Encode())
		return
	}
	a := s.pending
	if a == nil || a.client.ID != x.r.URL.Query().Get("client_id") || x.now().Sub(a.at) > decisionTime {
		data.Error = data.Text["nothing"]
		x.showPage(http.StatusBadRequest, data.problem(), "")
		return
	}
	data.Client, data.Scopes, data.User = a.client, a.grants, s.user.Name
	data.Origin = a.client.origin()
	x.showPage(http.StatusOK, data.consent(), "'self' "+data.Origin)
}

// origin is where the client's redirect URI leads to, or else its scheme, so
// that a policy can name it.
func (c *OAuth2Client) origin() string {
	u, err := url.Parse(c.RedirectURI)
	if err != nil {
		return "" // which was looked at when it was registered
	}
	if (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && consistsOf(u.Host, "._-:") {
		return u.Scheme + "://" + u.Host
	}
	return u.Scheme + ":"
}

func (x *exchange) pageText() map[string]string {
	return texts[language(x.r.Header.Get("Accept-Language"))]
}

// showPage shows a page whose forms may lead to these targets; browsers hold a
// form's redirect to that too.
func (x *exchange) showPage(status int, page, targets string) {
	if targets == "" {
		targets = "'none'"
	}
	h := x.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+pageStyleHash+"'; img-src data:; base-uri 'none'; form-action "+targets+
		"; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Vary", "Accept-Language, Cookie")
	x.w.WriteHeader(status)
	_, _ = x.w.Write([]byte(page))
}
