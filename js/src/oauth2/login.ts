import type { Calls } from "../call/calls.js";
import * as results from "../call/results.js";
import { targetTexts } from "../call/target.js";
import { AuthError } from "../errors.js";
import { given } from "../given.js";
import { bytesOf } from "../module/wire.js";
import { pageURL, reading, text } from "../options.js";
import { navigation } from "../redirect/navigation.js";
import { clientTexts, type OAuth2Config } from "./options.js";
import type { Transactions } from "./transactions.js";
import type { OAuth2Client } from "./types.js";

const operation = "login";

/** RFC 4648, section 5, without padding. */
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Makes `login`: to the server's consent, by an authorization request with PKCE (RFC 7636). */
export function createLogin(
  config: OAuth2Config,
  calls: Calls,
  transactions: Transactions,
  origins: () => string[],
): OAuth2Client["login"] {
  return async (options) => {
    const { go, prompt, target } = reading(operation, () => {
      const { navigate, prompt, returnTo } = given(options);
      return {
        go: navigation(operation, navigate, config),
        prompt: prompt === undefined ? null : text(operation, "prompt", prompt),
        target: targetTexts(operation, "returnTo", returnTo, pageURL(), origins()),
      };
    });
    const link = await calls.limited(operation, options, async (abort) => {
      // Where the page is not secure, WebCrypto is not there (https://www.w3.org/TR/WebCryptoAPI/).
      const subtle = crypto.subtle as SubtleCrypto | undefined;
      if (!subtle) {
        throw new AuthError(
          operation,
          "secure_context_required",
          "no crypto.subtle; serve it by https, or from localhost",
        );
      }
      const state = random();
      const verifier = random();
      const digest = await subtle.digest("SHA-256", bytesOf(verifier) as BufferSource);
      const challenge = base64url(new Uint8Array(digest));
      const link = await calls.ask(operation, operation, abort, results.readURL, {
        texts: [...clientTexts(config, operation), state, challenge, prompt, ...target],
      });
      await transactions.add({ state, verifier, returnTo: target[1], time: Date.now() });
      return link;
    });
    go?.(new URL(link.url));
    return link;
  };
}
