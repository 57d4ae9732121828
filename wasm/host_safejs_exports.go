//go:build js && wasm && !tinygo && !oauth2

package main

import "github.com/traq-auth/traq-auth/authcore"

// functions are the exported functions by name.
var functions = map[string]exported{
	authcore.OpLogin:         login,
	authcore.OpLogout:        logout,
	authcore.OpListSessions:  listSessions,
	authcore.OpRevokeSession: revokeSession,
	authcore.OpListAccounts:  listAccounts,
	authcore.OpLinkAccount:   linkAccount,
	authcore.OpLoginWith:     loginWith,
	authcore.OpUnlinkAccount: unlinkAccount,
	authcore.OpListProviders: listProviders,
	authcore.OpGetServerInfo: getServerInfo,
	authcore.OpGetUser:       getUser,
}
