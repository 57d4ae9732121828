package authcore

// errorResponse is the error that a response with an unexpected status stands
// for. Words that are traQ's own decide, whoever passes them on; where they are
// not known, and it is traQ that answers, status and operation do (what was
// asked, which in a confirmation is not x.Op).
func (x *Exchange) errorResponse(asked string, r *Response) *Error {
	if e := x.oauth2Error(r); e != nil {
		return e
	}
	e := x.answered(r, CodeServerError, "the server failed")
	e.RetryAfter = retryAfter(r.RetryAfter)
	message, wrong := decodeMessage(r.Body)
	said := x.Quote(message)
	switch {
	case r.Status == 429:
		e.Code, e.Message = CodeRateLimited, "too many requests; wait a moment"
		e.Retryable = true
	case r.Status >= 500 && r.Status < 600:
		e.Retryable = true
	default:
		var code Code
		if !withCookie {
			asked = "" // no call that is the cookie's alone
		}
		if wrong == "" {
			token := x.Request.Authorization != ""
			code = codeByWords(asked, token || r.FromTraQ, r.Status, message)
			switch {
			case code == "" && r.FromTraQ:
				code = codeByStatus(asked, token, r.Status)
			case code != "" && code != CodeInsufficientScope:
				said = message // the whole of it is traQ's own, and no echo
			}
		}
		if code == "" {
			// A page of a proxy's, a gateway's refusal, or another API: its
			// status says nothing about this one's users.
			return x.invalidResponse(r, "status "+itoa(r.Status)+", "+x.Quote(r.ContentType)+"; check baseURL")
		}
		e.Code, e.Message = code, "the server refused it with status "+itoa(r.Status)
	}
	if wrong == "" && said != "" {
		e.ServerMessage, e.Message = said, said
	}
	return e
}

// codeByWords tells the 4xx apart by what traQ v3.28 alone says; "" where the
// words are others. token tells whether they can be about a token.
func codeByWords(op string, token bool, status int, message string) Code {
	switch status {
	case 400:
		switch {
		case op == OpLogin && message == "You have already logged in. Please logout once.":
			return CodeAlreadyLoggedIn
		case withCookie && message == "Authorization Header must not be set. Please logout once.":
			return CodeAuthorizationNotAllowed
		case op == OpLinkAccount && message == "already linked":
			return CodeAlreadyLinked
		case op == OpLinkAccount && message == "invalid provider name":
			return CodeProviderNotEnabled
		case op == OpUnlinkAccount && message == "invalid provider name":
			return CodeNotLinked
		}
	case 401:
		switch {
		case op == OpLogin:
			if message == "invalid name" || message == "password or id is wrong" || message == "bot user is not allowed to login" {
				return CodeInvalidCredentials
			}
		case message == "You are not logged in":
			return CodeNotAuthenticated
		case token && (message == "invalid token" || message == "invalid authorization scheme"):
			return CodeInvalidToken
		}
	case 403:
		switch {
		case message == "this account is currently suspended":
			return CodeAccountSuspended
		case withCookie && message == "Bot users are not permitted to access this API":
			return CodeBotNotPermitted
		case hasPrefix(message, "you are not permitted to request to"):
			return CodeInsufficientScope
		}
	}
	return ""
}

// codeByStatus tells traQ's 4xx apart where its words are not known; "" for
// those that it does not send.
func codeByStatus(op string, token bool, status int) Code {
	switch status {
	case 400, 415:
		return CodeInvalidRequest
	case 401:
		switch {
		case op == OpLogin:
			return CodeInvalidCredentials
		case token:
			return CodeInvalidToken
		}
		return CodeNotAuthenticated
	case 403:
		if op == OpLogin {
			return CodeAccountSuspended
		}
		return CodeInsufficientScope
	case 404:
		return CodeNotFound
	}
	return ""
}

// decodeMessage reads traQ's error body, {"message":"…"}.
func decodeMessage(body string) (message, wrong string) {
	r := jsonReader{text: body}
	if withCookie {
		r.members("", []member{{"message", &message}})
	} else {
		var said [5]string
		r.require(r.texts("message", &said) != 0, "message")
		message = said[0]
	}
	return message, r.end()
}

// retryAfter reads Retry-After's delay-seconds (RFC 9110, section 10.2.3) as
// milliseconds. Its other form, a date, would need the server's clock; traQ
// does not send it.
func retryAfter(value string) int {
	if value == "" || len(value) > 6 {
		return 0
	}
	seconds := 0
	for i := 0; i < len(value); i++ {
		if !isDigit(value[i]) {
			return 0
		}
		seconds = seconds*10 + int(value[i]-'0')
	}
	return seconds * 1000
}
