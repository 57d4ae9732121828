package authcore

// OpGetServerInfo is the name of [API.GetServerInfo].
const OpGetServerInfo = "getServerInfo"

// ServerInfo is what a server says of itself.
type ServerInfo struct {
	Version  string
	Revision string
	// Providers are the names of the external providers that are enabled.
	Providers     []string
	SignUpAllowed bool
}

// GetServerInfo is GET /version, which needs no session.
func (api *API) GetServerInfo() *Operation[ServerInfo] {
	return api.version(OpGetServerInfo)
}

func (api *API) version(op string) *Operation[ServerInfo] {
	return reading(api.exchange(op, "GET", "/version", 200), decodeServerInfo)
}

func decodeServerInfo(r *jsonReader, info *ServerInfo) {
	var version, revision, providers, signUp bool
	for r.open('{'); r.more('}'); {
		switch r.key() {
		case "version":
			info.Version, version = r.string(), true
		case "revision":
			info.Revision, revision = r.string(), true
		case "flags":
			for r.open('{'); r.more('}'); {
				switch r.key() {
				case "externalLogin":
					info.Providers, providers = nil, true
					for r.open('['); r.more(']'); {
						info.Providers = append(info.Providers, r.string())
					}
				case "signUpAllowed":
					info.SignUpAllowed, signUp = r.bool(), true
				default:
					r.skipValue()
				}
			}
		default:
			r.skipValue()
		}
	}
	r.require(version, "version")
	r.require(revision, "revision")
	r.require(providers, "flags.externalLogin")
	r.require(signUp, "flags.signUpAllowed")
}
