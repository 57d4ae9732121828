// Package proxy puts a traQ server of another origin behind a page's own, so
// that the page can use its session cookie:
//
//	origin, err := proxy.Origin("https://traq.example")
//	…
//	mux.Handle("/api/", proxy.New(origin))
//
// It believes the Host that it is asked for, so what stands in front of it must
// refuse those that are not the page's (example/guard does).
//
// To the server, the page's requests look as if a page of its own had sent
// them; to the browser, the answers look as if the page's origin had given them.
//
// An external provider does not know of this: it leads back to the server's own
// address, where the cookie that an entrance (/api/auth/…) set here is missing.
// So linking, or signing in with an account from elsewhere, ends there, unless
// the server's callback is set to the page's address.
//
// What belongs here: what must be said differently on the two sides. What does
// not: which paths are the server's (the site's business).
package proxy
