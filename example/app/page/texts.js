// What the page says besides the texts of both pages.
import { withOwn } from "/shared/texts.js";

const en = {
  title: "Example app",
  welcome: "Sign in",
  signInHint: (server, inMemory) =>
    `You go to ${server}, which asks whether this page may have access, and come back here.` +
    (inMemory ? " Try alice with the password password1234." : ""),
  signIn: "Sign in with traQ",
  user: "You are signed in as",
  userHint: "This page holds an access token for reading. It never sees your password.",
  ended: "You are not signed in any more. Sign in again.",
  server: "Signs in at",

  setup: "One step is missing",
  setupHint: (server) => `To sign in at ${server}, this page must be known there as a client of its OAuth2.`,
  register: "Register a client, in the bot console of that traQ or by POST /api/v3/clients:",
  redirectURI: "Redirect URI",
  scope: "Scope",
  kind: "Kind",
  publicClient: "public: not confidential, as a page can keep no secret",
  startAgain: "Start the example again with the client's id:",
};

const ja = {
  title: "サンプルアプリ",
  welcome: "ログイン",
  signInHint: (server, inMemory) =>
    `${server} に移動し、このページにアクセスを許可するかを確認してから、ここに戻ります。` +
    (inMemory ? "お試し: 名前 alice、パスワード password1234" : ""),
  signIn: "traQ でログイン",
  user: "ログイン中のユーザー",
  userHint: "このページが持つのは、読み取り用のアクセストークンだけです。パスワードは知りません。",
  ended: "ログインしていません。もう一度ログインしてください。",
  server: "ログイン先:",

  setup: "あと一つ準備が必要です",
  setupHint: (server) =>
    `${server} にログインするには、このページを OAuth2 のクライアントとして登録する必要があります。`,
  register: "その traQ の BOT コンソールか POST /api/v3/clients で、クライアントを登録します。",
  redirectURI: "リダイレクト URI",
  scope: "スコープ",
  kind: "種類",
  publicClient: "パブリック（ページは秘密の値を守れないため、confidential にしない）",
  startAgain: "登録したクライアントの ID を付けて、サンプルを起動し直します。",
};

/** The texts of the page's language. */
export const text = withOwn({ en, ja });
