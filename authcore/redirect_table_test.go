package authcore

import (
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/traq-auth/traq-auth/authcore/internal/redirecttable"
)

// The whole table, by a parser as browsers have one.
func TestRedirectTable(t *testing.T) {
	origins := redirecttable.Origins{"api": "http://127.0.0.1:3000", "app": "http://localhost:5173", "evil": "http://127.0.0.1:6666"}
	api := API{BaseURL: origins["api"] + "/api/v3", AllowedRedirectOrigins: []string{origins["app"]}}
	self := api.BaseURL + "/login"
	rows := origins.Rows("targets", self, false)
	require.Greater(t, len(rows), 150)
	for _, row := range rows {
		url := ""
		if parsed, err := whatwg.ParseRef(self, row.Value); err == nil {
			url = parsed.Href(false)
		}
		redirect := Redirect{row.Value, url}
		_, err := api.Login("alice", "pw", redirect)
		returning := api.CheckReturn(OpLinkAccount, redirect)
		if row.Refused {
			require.NotNil(t, err, "%q", row.Value)
			require.NotNil(t, returning, "%q", row.Value)
			assert.Equal(t, CodeUnsafeRedirect, err.Code, "%q", row.Value)
			assert.Equal(t, CodeUnsafeRedirect, returning.Code, "%q", row.Value)
			continue
		}
		assert.Nil(t, err, "%q", row.Value)
		assert.Nil(t, returning, "%q", row.Value)
		if row.To != "" {
			assert.Equal(t, row.To, url, "%q", row.Value)
		}
	}
}
