package main

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/traq-auth/traq-auth/authcore/authtest"
	"github.com/traq-auth/traq-auth/example/app"
	"github.com/traq-auth/traq-auth/example/guard"
	"github.com/traq-auth/traq-auth/example/proxy"
	"github.com/traq-auth/traq-auth/example/site"
)

// webSite is one of the command's two.
type webSite struct {
	address string
	hint    string // what it is for
	handler http.Handler
}

// newSites makes the page in front of traQ and the third party's, at these
// ports, each for its own hosts.
func newSites(o options, port, appPort int) (sites [2]webSite, err error) {
	own, err := guard.Own(port, o.hosts)
	if err != nil {
		return sites, err
	}
	appOwn, err := guard.Own(appPort, o.hosts)
	if err != nil {
		return sites, err
	}
	sites = [2]webSite{
		{address: fmt.Sprintf("http://127.0.0.1:%d/", port)},
		{address: fmt.Sprintf("http://localhost:%d/", appPort), hint: "a third party's page, which signs in there by OAuth2"},
	}
	around := site.Config{App: sites[1].address}
	var api http.Handler
	var server app.Config
	if o.traq == "" {
		if o.clientID != "" {
			return sites, errors.New("a client's id is of a real server; give that, too: TRAQ=https://… CLIENT_ID=… make run")
		}
		memory := authtest.NewUnstartedServer()
		app.Register(memory, sites[1].address)
		api = memory
		server = app.Config{Server: fmt.Sprintf("http://127.0.0.1:%d", port), ClientID: app.ClientID, InMemory: true}
		sites[0].hint = "sign in as alice, password1234"
	} else {
		origin, err := proxy.Origin(o.traq)
		if err != nil {
			return sites, err
		}
		if slices.Contains(append(appOwn, own...), origin.Host) {
			return sites, fmt.Errorf("%s is this page's own address; PORT=… make run takes another port", origin)
		}
		api = proxy.New(origin)
		around.TRAQ = origin.String()
		server = app.Config{Server: around.TRAQ, ClientID: o.clientID}
		sites[0].hint = "sign in as you do at " + around.TRAQ
		if o.clientID == "" {
			sites[1].hint = "a third party's page, which says how to have it sign in there by OAuth2"
		}
	}
	sites[0].handler = guard.Hosts(own, guard.Plain(site.Handler(o.pkg, api, around)))
	sites[1].handler = guard.Hosts(appOwn, guard.Plain(app.Handler(o.pkg, server)))
	return sites, nil
}
