// What both pages say, in each language, by key. What is named in the document
// stands there as data-text.
import { language } from "./language.js";

const en = {
  asking: "Asking the server who you are …",
  loading: "Loading",
  tryAgain: "Try again",
  signOut: "Sign out",
  otherLanguage: "日本語",

  youAreIn: "You are signed in.",
  youAreOut: "You are signed out.",
  pendingLogout:
    "You are signed out here. The server does not know yet: it is told as soon as it can be reached.",
  unreachable: "The server cannot be reached. Check your connection and try again.",
  offline: "You are offline. You stay signed in.",
  online: "You are online again.",
  builtWith: (version, compiler) => `traq-auth ${version}, built with ${compiler}`,
};

const ja = {
  asking: "サーバーに確認しています…",
  loading: "読み込み中",
  tryAgain: "もう一度試す",
  signOut: "ログアウト",
  otherLanguage: "English",

  youAreIn: "ログインしました。",
  youAreOut: "ログアウトしました。",
  pendingLogout: "このブラウザではログアウトしました。サーバーには、接続でき次第伝えます。",
  unreachable: "サーバーに接続できません。ネットワークの接続を確認して、もう一度試してください。",
  offline: "オフラインです。ログインしたままです。",
  online: "オンラインに戻りました。",
  builtWith: (version, compiler) => `traq-auth ${version}、${compiler} でビルド`,
};

/** The texts of the page's language, with those that are a page's own. */
export const withOwn = (own) => ({ ...{ en, ja }[language], ...own[language] });
