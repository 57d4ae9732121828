package authtest

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// The pages of traQ's web UI that an authorization leads to. They stand for
// those: what they look like is no recording. They need no script.

//go:embed pages
var pageFiles embed.FS

var (
	pageTemplates = template.Must(template.ParseFS(pageFiles, "pages/pages.html"))
	pageStyle     = func() string {
		style, err := pageFiles.ReadFile("pages/pages.css")
		if err != nil {
			panic(err) // the folder is embedded
		}
		return string(style)
	}()
	pageStyleHash = func() string {
		sum := sha256.Sum256([]byte(pageStyle))
		return base64.StdEncoding.EncodeToString(sum[:])
	}()
)

// pageData is what a page shows.
type pageData struct {
	Text   map[string]string
	Style  template.CSS
	Error  string
	Name   string // that was given to log in with
	User   string
	Client *OAuth2Client
	Scopes []string
	Origin string // that is led back to
}

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
			x.showPage(http.StatusForbidden, "problem", data, "")
			return
		}
	}
	target := localTarget(x.r.FormValue("redirect"))
	if s := x.session(); s != nil && s.user.State == Active {
		x.redirect(target)
		return
	}
	if x.r.Method != http.MethodPost {
		x.showPage(http.StatusOK, "login", data, "'self'")
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
	x.showPage(status, "login", data, "'self'")
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
		x.showPage(http.StatusBadRequest, "problem", data, "")
		return
	}
	data.Client, data.Scopes, data.User = a.client, a.grants, s.user.Name
	data.Origin = a.client.origin()
	x.showPage(http.StatusOK, "consent", data, "'self' "+data.Origin)
}

// safeOrigin is an origin, or a scheme, that can stand in a policy.
var safeOrigin = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:(//[A-Za-z0-9._-]+(:[0-9]+)?)?$`)

// origin is where the client's redirect URI leads to, or else its scheme, so
// that a policy can name it.
func (c *OAuth2Client) origin() string {
	u, err := url.Parse(c.RedirectURI)
	if err != nil {
		return "" // which was looked at when it was registered
	}
	if origin := u.Scheme + "://" + u.Host; (u.Scheme == "http" || u.Scheme == "https") && safeOrigin.MatchString(origin) {
		return origin
	}
	return u.Scheme + ":"
}

func (x *exchange) pageText() map[string]string {
	return texts[language(x.r.Header.Get("Accept-Language"))]
}

// showPage shows a page whose forms may lead to these targets; browsers hold a
// form's redirect to that too.
func (x *exchange) showPage(status int, name string, data pageData, targets string) {
	data.Style = template.CSS(pageStyle)
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
	if err := pageTemplates.ExecuteTemplate(x.w, name, data); err != nil {
		panic(err) // a page of ours that has an error
	}
}
