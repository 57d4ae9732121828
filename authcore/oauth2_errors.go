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
	var said [5]string
	body := jsonReader{text: r.Body}
	body.texts("error error_description", &said)
	if body.end() != "" {
		return nil
	}
	e := x.refusal(said[0], said[1])
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
// 7009, section 2.2.1, and of OpenID Connect Core, section 3.1.2.6; "" for another.
func codeOf(name string) Code {
	// A code, and what else stands for it.
	codes := "access_denied|login_required account_selection_required|consent_required interaction_required|" +
		"invalid_scope|invalid_client unauthorized_client|invalid_grant|server_error temporarily_unavailable|" +
		"invalid_request unsupported_response_type unsupported_grant_type unsupported_token_type"
	for codes != "" {
		var names string
		if names, codes = cut(codes, '|'); indexWord(names, name) >= 0 {
			code, _ := cut(names, ' ')
			return Code(code)
		}
	}
	return ""
}

func newError(op string, code Code, message string) *Error {
	return &Error{Op: op, Code: code, Message: message}
}
