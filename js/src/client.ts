import { Disposal, withinLimits } from "./deadline.js";
import { AuthError } from "./errors.js";
import {
  addressesOf,
  type Config,
  invalid,
  milliseconds,
  reading,
  readOptions,
  scope,
  text,
} from "./options.js";
import * as results from "./results.js";
import { supervise } from "./supervisor.js";
import { type Abort, send } from "./transport.js";
import type {
  AuthClient,
  AuthClientOptions,
  CallOptions,
  LinkAccountOptions,
  Operation,
  RedirectOptions,
} from "./types.js";
import { draft, Kind, maxSize, type Text } from "./wire.js";

/** What a call adds to the message that every call sends. */
interface Arguments {
  readonly numbers?: readonly number[];
  readonly texts?: readonly Text[];
}

/** The calls that carry the access token; the server refuses or ignores it on the others. */
const authorized: ReadonlySet<Operation> = new Set<Operation>([
  "listSessions",
  "revokeSession",
  "listAccounts",
  "unlinkAccount",
  "getUser",
]);

/**
 * Makes a client. Nothing is loaded or sent before its first call.
 *
 * @throws {@link AuthError} `invalid_argument` for an option that cannot be.
 */
export function createAuthClient(options: AuthClientOptions = {}): AuthClient {
  const config = readOptions(options);
  const disposal = new Disposal();
  const module = supervise(config.wasm);
  const addresses = addressesOf(config);

  /** Runs a task within a call's limits; what is wrong with the options rejects. */
  async function limited<T>(
    operation: Operation,
    options: CallOptions | undefined,
    task: (abort: Abort) => Promise<T>,
  ): Promise<T> {
    const limits = reading(operation, () => {
      const { signal, timeout } = options ?? {};
      if (signal !== undefined && !(signal instanceof AbortSignal)) {
        throw invalid(operation, "signal must be an AbortSignal");
      }
      return {
        operation,
        signal,
        timeout: milliseconds(operation, timeout, config.timeout),
        disposal,
      };
    });
    return withinLimits(limits, task);
  }

  async function call<T>(
    operation: Operation,
    options: CallOptions | undefined,
    read: results.Read<T>,
    args: () => Arguments = () => ({}),
  ): Promise<T> {
    const loaded = module.ready(); // first, since a first call waits for it longest
    // Read at once: what the caller changes afterwards does not matter.
    const { numbers = [], texts = [] } = reading(operation, args);
    const { base, auth, crossOrigin } = addresses(operation);
    return limited(operation, options, async (abort) => {
      let token = authorized.has(operation) ? config.accessToken : null;
      if (typeof token === "function") {
        token = await given(operation, token);
        await loaded;
      }
      const message = draft(
        Kind.call,
        [Number(crossOrigin), ...numbers],
        [base, auth, config.credentials, token ?? null, ...texts],
      );
      if (message.size > maxSize) {
        throw invalid(operation, `the arguments are longer than ${maxSize} bytes`);
      }
      let cause: unknown;
      const answer = await module.call(operation, message, (request) =>
        send(request, config.fetch, abort, (error) => {
          cause = error;
        }),
      );
      return results.readAnswer(answer, read, cause);
    });
  }

  /** A redirect as two texts and the origins that it may lead to. */
  function redirectTexts(operation: Operation, options: RedirectOptions | undefined): Text[] {
    const redirect = options?.redirect;
    if (redirect === undefined || redirect === null || redirect === "") {
      return [null, null];
    }
    const target = redirect instanceof URL ? redirect.href : text(operation, "redirect", redirect);
    let url: string | null = null;
    try {
      url = new URL(target, `${addresses(operation).base}/${operation}`).href;
    } catch {} // the module says what is wrong with it
    return [target, url, ...config.redirectOrigins];
  }

  return {
    ready: (options) =>
      limited("ready", options, async () => {
        await module.ready();
      }),
    login: (credentials, options) =>
      call("login", options, results.readRedirected, () => {
        const { name, password } = credentials;
        return {
          texts: [
            text("login", "name", name),
            text("login", "password", password),
            ...redirectTexts("login", options),
          ],
        };
      }),
    logout: (options) =>
      call("logout", options, results.readRedirected, () => ({
        numbers: [Number(flag("logout", "all", options?.all, false))],
        texts: redirectTexts("logout", options),
      })),
    listSessions: (options) => call("listSessions", options, results.readSessions),
    revokeSession: (id, options) =>
      call("revokeSession", options, results.readNothing, () => ({
        texts: [text("revokeSession", "id", id)],
      })),
    listAccounts: (options) => call("listAccounts", options, results.readAccounts),
    linkAccount: async (provider, options) => {
      const go = reading("linkAccount", () => navigation("linkAccount", options?.navigate, config));
      const link = await call("linkAccount", options, results.readURL, () => ({
        texts: [text("linkAccount", "provider", provider)],
      }));
      go?.(new URL(link.url));
      return link;
    },
    unlinkAccount: (provider, options) =>
      call("unlinkAccount", options, results.readNothing, () => ({
        texts: [text("unlinkAccount", "provider", provider)],
      })),
    listProviders: (options) => call("listProviders", options, results.readTexts),
    getServerInfo: (options) => call("getServerInfo", options, results.readServerInfo),
    getUser: (options) => call("getUser", options, results.readUser),
    dispose: () => disposal.dispose(),
  };
}

async function given(operation: Operation, source: () => string | Promise<string>): Promise<string> {
  try {
    return text(operation, "what accessToken gives", await source());
  } catch (cause) {
    throw cause instanceof AuthError
      ? cause
      : new AuthError(operation, "invalid_argument", "accessToken failed to give a token", { cause });
  }
}

function flag(operation: Operation, name: string, value: unknown, fallback: boolean): boolean {
  if (value !== undefined && typeof value !== "boolean") {
    throw invalid(operation, `${name} must be true or false`);
  }
  return value ?? fallback;
}

/** How to go to another page; undefined where the caller wants to do so. */
function navigation(
  operation: Operation,
  navigate: LinkAccountOptions["navigate"],
  config: Config,
): ((url: URL) => void) | undefined {
  if (typeof navigate === "function") {
    return navigate;
  }
  if (!flag(operation, "navigate, where it is no function,", navigate, true)) {
    return undefined;
  }
  if (config.navigate) {
    return config.navigate;
  }
  if (typeof scope.location?.assign !== "function") {
    throw new AuthError(
      operation,
      "browser_required",
      "there is no page here that could go to the provider; take the address with { navigate: false } and open it",
    );
  }
  return (url) => location.assign(url);
}
