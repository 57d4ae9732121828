package authtest

import (
	"strconv"
	"strings"
)

// texts are the pages' words, by language.
var texts = map[string]map[string]string{
	"en": {
		"lang":       "en",
		"login":      "Log in",
		"name":       "Name",
		"password":   "Password",
		"wrong":      "The name or the password is wrong.",
		"suspended":  "This account is suspended.",
		"consent":    "Allow access?",
		"asks":       " asks for access to your traQ account",
		"may":        "It wants to:",
		"read":       "read channels, messages and your profile",
		"write":      "post, change and delete in your name",
		"manage_bot": "manage your bots and webhooks",
		"openid":     "know that it is you",
		"profile":    "see your profile",
		"as":         "You are logged in as ",
		"leads":      ". You will go back to ",
		"by":         ". The client was registered by ",
		"end":        ".",
		"allow":      "Allow",
		"deny":       "Deny",
		"problem":    "That did not work",
		"nothing":    "There is no request to decide on, or it waited for too long. Go back to the application and start again.",
		"elsewhere":  "The form was sent from another site.",
	},
	"ja": {
		"lang":       "ja",
		"login":      "ログイン",
		"name":       "名前",
		"password":   "パスワード",
		"wrong":      "名前またはパスワードが違います。",
		"suspended":  "このアカウントは停止されています。",
		"consent":    "アクセスを許可しますか?",
		"asks":       "があなたのtraQアカウントへのアクセスを求めています",
		"may":        "求めている権限:",
		"read":       "チャンネル、メッセージ、プロフィールを読む",
		"write":      "あなたの名前で投稿、変更、削除する",
		"manage_bot": "BOTとWebhookを管理する",
		"openid":     "あなた本人であることを確認する",
		"profile":    "プロフィールを見る",
		"as":         "ログイン中のアカウント: ",
		"leads":      "。このあと次の場所へ戻ります: ",
		"by":         "。クライアントの登録者: ",
		"end":        "。",
		"allow":      "許可する",
		"deny":       "拒否する",
		"problem":    "処理できませんでした",
		"nothing":    "確認を待っているリクエストがないか、期限が切れました。アプリケーションに戻って、もう一度やり直してください。",
		"elsewhere":  "フォームが別のサイトから送信されました。",
	},
}

// language is the language that an Accept-Language header (RFC 9110, section
// 12.5.4) prefers of those that there are; English if neither.
func language(accept string) string {
	best, most := "en", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, parameter, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		weight := 1.0
		if text, is := strings.CutPrefix(strings.TrimSpace(parameter), "q="); is {
			weight, _ = strconv.ParseFloat(text, 64)
		}
		if texts[primary] != nil && weight > most {
			best, most = primary, weight
		}
	}
	return best
}
