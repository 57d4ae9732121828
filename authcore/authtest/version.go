package authtest

const (
	version  = "v3.28.4"
	revision = "ac297a77"
)

func (x *exchange) version() {
	x.json(map[string]any{
		"version":  version,
		"revision": revision,
		"flags":    map[string]any{"externalLogin": x.providers, "signUpAllowed": false},
	})
}
