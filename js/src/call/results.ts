import { AuthError } from "../errors.js";
import type { Account, Operation, Redirected, ServerInfo, Session, User } from "../types.js";
import type { Seen } from "./transport.js";
import { Kind, type Message } from "../module/wire.js";

// What the messages of the kinds "result" and "error" hold; see wasm/wire/doc.go.

/** The value of a result's message. */
export type Read<T> = (message: Message, seen: Seen) => T;

export const readNothing: Read<void> = () => undefined;

export const readTexts: Read<string[]> = ({ texts }) => texts as string[];

export const readURL: Read<{ url: string }> = ({ texts }) => ({ url: texts[0] as string });

export const readRedirected: Read<Redirected> = ({ texts }) => ({ redirectTo: texts[0] as string | null });

/** A login's, with when it was, and who was signed in where the module has asked. */
export const readLogin: Read<Redirected & { seen: Seen; user: User | null }> = (message, seen) => ({
  ...readRedirected(message, seen),
  seen,
  user: message.texts.length > 1 ? readUser({ ...message, texts: message.texts.slice(1) }, seen) : null,
});

/** Sessions, none of which is marked, and when they were listed. */
export const readSessions: Read<{ sessions: Session[]; seen: Seen }> = ({ numbers, texts }, seen) => ({
  sessions: numbers.map((millis, i) => ({
    id: texts[i] as string,
    issuedAt: new Date(millis),
    current: null,
  })),
  seen,
});

export const readAccounts: Read<Account[]> = ({ numbers, texts }) =>
  numbers.map((millis, i) => ({
    providerName: texts[2 * i] as string,
    externalName: texts[2 * i + 1] as string,
    linkedAt: new Date(millis),
  }));

export const readServerInfo: Read<ServerInfo> = ({ numbers, texts }) => {
  const [version, revision, ...providers] = texts as string[];
  return {
    version: version as string,
    revision: revision as string,
    providers,
    signUpAllowed: numbers[0] === 1,
  };
};

export const readUser: Read<User> = ({ texts }) => {
  const [id, name, displayName, iconFileId] = texts as [string, string, string, string];
  return { id, name, displayName, iconFileId };
};

/** In how many milliseconds a call is to be tried again; 0 or nothing for never. */
export const waitOf = ({ kind, numbers }: Message): number | undefined =>
  kind === Kind.error ? numbers[3] : 0;

/** The value of an answer; throws the error that it stands for, in the name of an operation. */
export function readAnswer<T>(operation: Operation, message: Message, read: Read<T>, seen: Seen): T {
  if (message.kind !== Kind.error) {
    return read(message, seen);
  }
  const [status, retryAfterMs, retryable] = message.numbers;
  const [code, words, serverMessage, requestId] = message.texts;
  throw new AuthError(operation, code as string, words as string, {
    status: status || null,
    retryAfterMs: retryAfterMs || null,
    retryable: retryable === 1,
    serverMessage: serverMessage as string | null,
    requestId: requestId as string | null,
    cause: seen.cause,
  });
}
