/**
 * Sentences for the user of an application: what happened when a call failed, and what
 * to do. They are a module of their own, so that a page with sentences of its own does
 * not load these.
 *
 * @packageDocumentation
 */
import { isAuthError, type KnownCode } from "./errors.js";

/** A language in which there are sentences. */
export type Language = "ja" | "en";

type Words = Readonly<Record<Language, string>>;

const sentences: Readonly<Record<KnownCode, Words>> = {
  invalid_credentials: {
    en: "The name or the password is wrong. Check both and try again.",
    ja: "名前かパスワードが違います。確認して、もう一度入力してください。",
  },
  already_logged_in: {
    en: "Somebody is signed in already. Sign out first, or reload the page.",
    ja: "すでにログインしています。先にログアウトするか、ページを再読み込みしてください。",
  },
  authorization_not_allowed: {
    en: "Something added an access token to the sign-in. Turn it off, or tell whoever runs this page.",
    ja: "ログインの要求にアクセストークンが付けられています。それを無効にするか、このページの管理者に知らせてください。",
  },
  invalid_request: {
    en: "The server did not accept what was sent. Reload the page and try again.",
    ja: "サーバーが要求を受け付けませんでした。ページを再読み込みして、もう一度試してください。",
  },
  account_suspended: {
    en: "This account is suspended. Ask an administrator of the server.",
    ja: "このアカウントは停止されています。サーバーの管理者に問い合わせてください。",
  },
  not_authenticated: {
    en: "You are not signed in any more. Sign in again.",
    ja: "ログインしていません。もう一度ログインしてください。",
  },
  invalid_token: {
    en: "The access token is not valid any more. Get a new one.",
    ja: "アクセストークンが無効です。新しいトークンを取得してください。",
  },
  insufficient_scope: {
    en: "This application may not do that for you. Do it on the server's own page.",
    ja: "このアプリケーションにはこの操作が許可されていません。サーバー自身のページで操作してください。",
  },
  bot_not_permitted: {
    en: "A bot may not do this. Sign in as a person.",
    ja: "ボットにはこの操作ができません。ユーザーとしてログインしてください。",
  },
  provider_not_enabled: {
    en: "This server does not offer that provider. Choose another one.",
    ja: "このサーバーではその外部サービスを使えません。別のサービスを選んでください。",
  },
  already_linked: {
    en: "An account of that provider is linked already. Unlink it first.",
    ja: "その外部サービスのアカウントはすでに連携されています。先に連携を解除してください。",
  },
  not_linked: {
    en: "No account of that provider is linked. Reload the page to see what is.",
    ja: "その外部サービスのアカウントは連携されていません。ページを再読み込みして、連携を確認してください。",
  },
  not_found: {
    en: "The server does not support this. Check its address, and whether its version is new enough.",
    ja: "サーバーにこの機能がありません。サーバーのアドレスとバージョンを確認してください。",
  },
  rate_limited: {
    en: "Too many tries. Wait a moment and try again.",
    ja: "短時間に何度も試したため、制限されています。しばらく待って、もう一度試してください。",
  },
  server_error: {
    en: "The server has a problem. Try again later.",
    ja: "サーバーに問題が起きています。時間をおいて、もう一度試してください。",
  },
  invalid_response: {
    en: "Something other than traQ answered. Check the server's address, and whether a sign-on page is in between.",
    ja: "traQ ではないものが応答しました。サーバーのアドレスを確認し、途中に認証ページがないか調べてください。",
  },
  invalid_argument: {
    en: "What was entered is not valid. Check it and try again.",
    ja: "入力された内容が正しくありません。確認して、もう一度試してください。",
  },
  unsafe_redirect: {
    en: "The address to continue to is not safe. Open this page again by its own address.",
    ja: "移動先のアドレスが安全ではありません。このページを正しいアドレスから開き直してください。",
  },
  browser_required: {
    en: "This works only on a page in a browser. Open it in one.",
    ja: "この操作はブラウザのページでのみ行えます。ブラウザで開いてください。",
  },
  disposed: {
    en: "This page has closed its connection to the server. Reload it.",
    ja: "このページの接続は終了しています。ページを再読み込みしてください。",
  },
  network_error: {
    en: "The server cannot be reached. Check your connection and try again.",
    ja: "サーバーに接続できません。ネットワークの接続を確認して、もう一度試してください。",
  },
  timeout: {
    en: "The server took too long. Try again.",
    ja: "サーバーの応答に時間がかかりすぎています。もう一度試してください。",
  },
  cross_origin_blocked: {
    en: "Your browser does not let this page call the server. Open the server's own page.",
    ja: "ブラウザがこのページからサーバーへの接続を許可していません。サーバー自身のページを開いてください。",
  },
  cookie_not_kept: {
    en: "Your browser did not keep the server's cookie. Allow its cookies, or open the server's own page.",
    ja: "ブラウザがサーバーの Cookie を保存しませんでした。Cookie を許可するか、サーバー自身のページを開いてください。",
  },
  current_session_unknown: {
    en: "It is not known which session is this one. Sign out and in again, or end the others one by one.",
    ja: "どのセッションが現在のものか判別できません。ログインし直すか、ほかのセッションを一つずつ終了してください。",
  },
  wasm_load_failed: {
    en: "A part of this page could not be loaded. Check your connection and reload the page.",
    ja: "このページの一部を読み込めませんでした。接続を確認して、ページを再読み込みしてください。",
  },
  runtime_crashed: {
    en: "A part of this page has crashed. Reload the page and check whether your change was made.",
    ja: "このページの一部が異常終了しました。ページを再読み込みして、操作が完了したか確認してください。",
  },
  access_denied: {
    en: "You did not allow this application to use your account. Sign in again to allow it.",
    ja: "このアプリケーションへの許可が得られませんでした。利用するには、もう一度ログインして許可してください。",
  },
  login_required: {
    en: "You are not signed in to traQ. Sign in with the button.",
    ja: "traQ にログインしていません。ボタンからログインしてください。",
  },
  consent_required: {
    en: "This application has to ask for your permission first. Sign in with the button.",
    ja: "このアプリケーションにはあなたの許可が必要です。ボタンからログインしてください。",
  },
  invalid_scope: {
    en: "The server does not allow what this application asks for. Tell whoever runs this page.",
    ja: "このアプリケーションが求める権限をサーバーが認めていません。このページの管理者に知らせてください。",
  },
  invalid_client: {
    en: "The server does not know this application. Tell whoever runs this page.",
    ja: "このアプリケーションがサーバーに登録されていません。このページの管理者に知らせてください。",
  },
  invalid_grant: {
    en: "The sign-in took too long, or was used already. Sign in again.",
    ja: "ログインに時間がかかりすぎたか、すでに使用されています。もう一度ログインしてください。",
  },
  state_mismatch: {
    en: "This answer does not belong to the sign-in that was started here. Sign in again.",
    ja: "ここで始めたログインへの応答ではありません。もう一度ログインしてください。",
  },
  login_not_started: {
    en: "No sign-in was started in this tab, or it was too long ago. Sign in again.",
    ja: "このタブではログインが始められていないか、時間が経ちすぎています。もう一度ログインしてください。",
  },
  secure_context_required: {
    en: "Signing in works only over https. Open this page by https.",
    ja: "ログインには https が必要です。このページを https で開いてください。",
  },
};

/** Where the server could not be told of a logout, which there is no need to try again. */
const untold: Words = {
  en: "You are signed out here, but the server could not be told yet. It is told when it can be reached. Do not leave a shared computer before.",
  ja: "ここではログアウトしましたが、サーバーにはまだ伝わっていません。接続できるようになると伝わります。共用の端末では、それまで離れないでください。",
};

const other: Words = {
  en: "Something went wrong. Reload the page and try again.",
  ja: "問題が起きました。ページを再読み込みして、もう一度試してください。",
};

/**
 * Returns a sentence or two for the user: what happened, and what to do next. For a value that is
 * not an `AuthError`, or has a code that this version does not know, it returns a general sentence.
 * It throws nothing.
 *
 * @example
 * ```ts
 * output.textContent = describe(error, "ja");
 * ```
 */
export function describe(error: unknown, language: Language): string {
  const { code, operation, retryable } = isAuthError(error) ? error : {};
  // It is sent again where it was not traQ that answered, too.
  if (operation === "logout" && (retryable || code === "invalid_response") && code !== "wasm_load_failed") {
    return untold[language];
  }
  const known = code !== undefined && Object.prototype.hasOwnProperty.call(sentences, code);
  return (known ? sentences[code as KnownCode] : other)[language];
}
