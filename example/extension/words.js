import { browser } from "./browser.js";

/** @type {import("./traq-auth/messages.js").Language} */
export const language = browser.i18n.getUILanguage().startsWith("ja") ? "ja" : "en";

const all = {
  en: {
    title: "traQ account",
    loading: "Asking the server who you are …",
    again: "Try again",
    name: "Name",
    password: "Password",
    signIn: "Sign in",
    signedIn: "You are signed in.",
    signInWithTraq: "Sign in with traQ",
    goOn: "Go on in the window that has opened.",
    elsewhere: "With an account from elsewhere",
    sessions: "Where you are signed in",
    since: "Signed in",
    endSession: "End session",
    ended: "The session is ended.",
    thisSession: "This session",
    endOthers: "End all other sessions",
    othersEnded: "The other sessions are ended.",
    othersFailed: "Not all other sessions could be ended; try again.",
    accounts: "Linked accounts",
    notLinked: "not linked",
    link: "Link",
    unlink: "Unlink",
    leave: "Leave",
    signOut: "Sign out",
    signOutEverywhere: "Sign out everywhere",
    signedOut: "You are signed out.",
    linking: "Go on in the tab that has opened.",
    linked: "The account is linked.",
    unchanged: "The account was not linked; nothing has changed.",
    unlinked: "The account is no longer linked.",
    notSignedIn: "You were not signed in; nothing has changed.",
  },
  ja: {
    title: "traQ アカウント",
    loading: "サーバーにログイン状態を確認しています…",
    again: "再試行",
    name: "名前",
    password: "パスワード",
    signIn: "ログイン",
    signedIn: "ログインしました。",
    signInWithTraq: "traQ でログイン",
    goOn: "開いたウィンドウで続けてください。",
    elsewhere: "外部サービスのアカウントでログイン",
    sessions: "ログイン中のセッション",
    since: "ログイン日時",
    endSession: "セッションを終了",
    ended: "セッションを終了しました。",
    thisSession: "現在のセッション",
    endOthers: "ほかのセッションをすべて終了",
    othersEnded: "ほかのセッションを終了しました。",
    othersFailed: "一部のセッションを終了できませんでした。もう一度試してください。",
    accounts: "外部アカウントの連携",
    notLinked: "未連携",
    link: "連携",
    unlink: "連携を解除",
    leave: "ログアウト",
    signOut: "ログアウト",
    signOutEverywhere: "すべてのセッションからログアウト",
    signedOut: "ログアウトしました。",
    linking: "開いたタブで続けてください。",
    linked: "アカウントを連携しました。",
    unchanged: "アカウントは連携されませんでした。変更はありません。",
    unlinked: "アカウントの連携を解除しました。",
    notSignedIn: "ログインしませんでした。変更はありません。",
  },
};

export const words = all[language];

/** @param {string} provider */
export const signInWith = (provider) =>
  language === "ja" ? `${provider} でログイン` : `Sign in with ${provider}`;
