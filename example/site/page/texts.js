// What the page says besides the texts of both pages.
import { withOwn } from "/shared/texts.js";

const en = {
  title: "traQ account",
  signIn: "Sign in",
  name: "Name",
  password: "Password",
  sessions: "Where you are signed in",
  accounts: "Linked accounts",
  leave: "Leave",
  signOutEverywhere: "Sign out everywhere",
  endOthers: "End all other sessions",

  signInHint: (traq) =>
    traq ? `With your name and password at ${traq}.` : "Try alice with the password password1234.",
  sessionsHint: "Each is a browser that can act as you. End the ones that you do not know.",
  accountsHint: (traq) =>
    traq
      ? `Linking leads to ${traq} and comes back there, not here, unless its callback is set to this page's.`
      : "Sign in with an account that you have elsewhere.",
  elsewhere: "With an account from elsewhere",
  providersHint: (traq) =>
    traq ? `This leads to ${traq} and ends there, not here, unless its callback is set to this page's.` : "",
  signInWith: (provider) => `Sign in with ${provider}`,
  leaveHint: "Everywhere means every browser in the list above.",
  noProviders: "This server offers no accounts to link.",
  giveBoth: "Give your name and your password.",
  lastUsed: "Last used here",
  useSavedPassword: "Use a saved password",
  noneChosen: "No saved password was chosen.",
  endedElsewhere: "This session was ended elsewhere: in another tab or on another device.",

  signedIn: (since) => `Signed in ${since}`,
  thisSession: "This session",
  endSession: "End session",
  sessionEnded: "The session is ended.",
  othersEnded: (count) =>
    count === 1 ? "The other session is ended." : `${count} other sessions are ended.`,
  othersFailed: (count) => `${count} of the other sessions could not be ended; try again.`,
  linkedSince: (name, since) => `${name}, linked ${since}`,
  notLinked: "not linked",
  link: "Link",
  unlink: "Unlink",
  unlinked: (provider) => `${provider} is no longer linked.`,
  youAreOutEverywhere: "You are signed out everywhere.",

  linked: (provider) => `${provider} is linked.`,
  signedInWith: (provider) => `You are signed in with ${provider}.`,
  linkUnchanged: (provider) => `${provider} was not linked; nothing has changed.`,
  loginUnchanged: (provider) => `You were not signed in with ${provider}; nothing has changed.`,
  justNow: "just now",
  app: "A third party's page that signs in here",
};

const ja = {
  title: "traQ アカウント",
  signIn: "ログイン",
  name: "名前",
  password: "パスワード",
  sessions: "ログイン中のセッション",
  accounts: "連携しているアカウント",
  leave: "ログアウト",
  signOutEverywhere: "すべてのセッションからログアウト",
  endOthers: "ほかのセッションをすべて終了",

  signInHint: (traq) =>
    traq ? `${traq} の名前とパスワードでログインします。` : "お試し: 名前 alice、パスワード password1234",
  sessionsHint: "それぞれが、あなたとして操作できるブラウザです。身に覚えのないものは終了してください。",
  accountsHint: (traq) =>
    traq
      ? `連携すると ${traq} に移動し、コールバックがこのページに設定されていない限り、そちらに戻ります。`
      : "ほかのサービスのアカウントでログインできるようにします。",
  elsewhere: "外部サービスのアカウントでログイン",
  providersHint: (traq) =>
    traq ? `${traq} に移動し、コールバックがこのページに設定されていない限り、そちらに戻ります。` : "",
  signInWith: (provider) => `${provider} でログイン`,
  leaveHint: "「すべて」は、上の一覧にあるすべてのブラウザです。",
  noProviders: "このサーバーには連携できるサービスがありません。",
  giveBoth: "名前とパスワードを入力してください。",
  lastUsed: "前回の方法",
  useSavedPassword: "保存したパスワードを使う",
  noneChosen: "保存したパスワードは選択されませんでした。",
  endedElsewhere: "このセッションは、別のタブまたは別の端末で終了されました。",

  signedIn: (since) => `${since}にログイン`,
  thisSession: "現在のセッション",
  endSession: "終了",
  sessionEnded: "セッションを終了しました。",
  othersEnded: (count) => `ほかのセッションを ${count} 件終了しました。`,
  othersFailed: (count) => `${count} 件のセッションを終了できませんでした。もう一度試してください。`,
  linkedSince: (name, since) => `${name}(${since}に連携)`,
  notLinked: "未連携",
  link: "連携する",
  unlink: "連携を解除",
  unlinked: (provider) => `${provider} の連携を解除しました。`,
  youAreOutEverywhere: "すべてのセッションからログアウトしました。",

  linked: (provider) => `${provider} と連携しました。`,
  signedInWith: (provider) => `${provider} でログインしました。`,
  linkUnchanged: (provider) => `${provider} とは連携しませんでした。変更はありません。`,
  loginUnchanged: (provider) => `${provider} でログインしませんでした。変更はありません。`,
  justNow: "たった今",
  app: "ここを使ってログインする外部のページ",
};

/** The texts of the page's language. */
export const text = withOwn({ en, ja });
