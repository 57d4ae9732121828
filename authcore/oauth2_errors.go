//go:build !tinygo || oauth2

package authcore

// The codes that OAuth2 adds.
const (
	CodeAccessDenied    Code = "access_denied"
	CodeLoginRequired   Code = "login_required"
	CodeConsentRequired Code = "consent_required"
	CodeInvalidScope    Code = "invalid_scope"
	CodeInvalidClient   Code = "invalid_client"
	CodeInvalidGrant    Code = "invalid_grant"
	CodeStateMismatch   Code = "state_mismatch"
	CodeLoginNotStarted Code = "login_not_started"
)

// oauth2Error is the error of OAuth2's that a token or revocation endpoint's
// answer is (RFC 6749, section 5.2); nil where it is none. traQ answers with
// errors of its own there too.
func (x *Exchange) oauth2Error(r *Response) *Error {
	if !x.form || r.Status != 400 && r.Status != 401 {
		return nil
	}
	var name, description string
	body := jsonReader{text: r.Body}
	for body.open('{'); body.more('}'); {
		switch body.key() {
		case "error":
			name = body.string()
		case "error_description":
			description = body.string()
		default:
			body.skipValue()
		}
	}
	if body.end() != "" {
		return nil
	}
	e := x.refusal(name, description)
	if e != nil {
		e.Status, e.RequestID, e.RetryAfter = r.Status, x.Quote(r.RequestID), retryAfter(r.RetryAfter)
	}
	return e
}

// refusal is the error that one of OAuth2's stands for; nil where it is unknown.
func (x *Exchange) refusal(name, description string) *Error {
	code := codeOf(name)
	if code == "" {
		return nil
	}
	e := x.fail(code, "the server refused it: "+name)
	e.Retryable = code == CodeServerError
	if isPrintable(description, longestQuote) {
		if said := x.Quote(description); said != "" {
			e.ServerMessage, e.Message = said, said
		}
	}
	return e
}

// codeOf gives the code for an error of RFC 6749, sections 4.1.2.1 and 5.2, of RFC
// 7009, section 2.2.1, and of OpenID Connect Core, section 3.1.2.6.
func codeOf(name string) Code {
	switch {
	case hasWord("access_denied login_required consent_required invalid_scope invalid_client invalid_grant invalid_request server_error", name):
		return Code(name)
	case hasWord("unsupported_response_type unsupported_grant_type unsupported_token_type", name):
		return CodeInvalidRequest
	case name == "account_selection_required":
		return CodeLoginRequired
	case name == "interaction_required":
		return CodeConsentRequired
	case name == "unauthorized_client":
		return CodeInvalidClient
	case name == "temporarily_unavailable":
		return CodeServerError
	}
	return ""
}
