package authtest

// listChannels answers GET /channels with the one channel that there is: what a
// token is for is seen by it. The answer is by traQ's API document; it is no
// recording.
func (x *exchange) listChannels(*user) {
	x.json(map[string]any{
		"public": []map[string]any{{
			"id":       channelID,
			"parentId": nil,
			"archived": false,
			"force":    false,
			"topic":    "",
			"name":     "general",
			"children": []string{},
		}},
		"dm": []any{},
	})
}

const channelID = "0192f3a4-0000-7000-8000-0000000000c1"
