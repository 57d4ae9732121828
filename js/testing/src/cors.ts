import { failed } from "./failed.js";
import type { Asked } from "./request.js";
import type { WireRequest, WireResponse } from "./wire.js";

// What a page may do at another origin, and see of its answers (Fetch, "CORS protocol").

/** What a page sends without asking before, with a type of these. */
const simpleHeader = /^(accept|accept-language|content-language|content-type)$/;
const simpleType = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)(?=\s*(;|$))/i;
const simpleMethods = ["GET", "HEAD", "POST"];

/** What a page sees of any answer; the rest is exposed by the server. */
const alwaysExposed = [
  ...["cache-control", "content-language", "content-length", "content-type", "expires"],
  ...["last-modified", "pragma"],
];

const value = (answer: WireResponse, name: string): string | undefined =>
  answer.headers.find(([known]) => known.toLowerCase() === name)?.[1];

const list = (answer: WireResponse, name: string): string[] =>
  (value(answer, name) ?? "").split(",").map((item) => item.trim());

/** Which of a request's headers need the server's word. */
const unsafe = ({ headers }: Asked): string[] =>
  headers
    .map(([name, text]): [string, string] => [name.toLowerCase(), text])
    .filter(([name, text]) => !simpleHeader.test(name) || (name === "content-type" && !simpleType.test(text)))
    .map(([name]) => name)
    .sort();

/** The request by which a page's browser asks first, where it does. */
export function preflight(request: Asked): WireRequest | undefined {
  const headers = unsafe(request);
  if (simpleMethods.includes(request.method) && headers.length === 0) {
    return undefined;
  }
  const asked: [string, string][] = [["Access-Control-Request-Method", request.method]];
  if (headers.length > 0) {
    asked.push(["Access-Control-Request-Headers", headers.join(",")]);
  }
  return { method: "OPTIONS", url: request.url, headers: asked, body: null };
}

/** Throws unless the answer to a preflight allows the request. */
export function checkPreflight(answer: WireResponse, request: Asked, origin: string): void {
  checkShared(answer, request, origin);
  if (answer.status < 200 || answer.status > 299) {
    throw failed(`CORS: the preflight was answered with ${answer.status}`);
  }
  const any = request.credentials !== "include";
  const methods = list(answer, "access-control-allow-methods");
  if (
    !simpleMethods.includes(request.method) &&
    !methods.includes(request.method) &&
    !(any && methods.includes("*"))
  ) {
    throw failed(`CORS: the server does not allow the method ${request.method}`);
  }
  const allowed = list(answer, "access-control-allow-headers").map((name) => name.toLowerCase());
  for (const name of unsafe(request)) {
    if (!allowed.includes(name) && !(any && allowed.includes("*") && name !== "authorization")) {
      throw failed(`CORS: the server does not allow the header ${name}`);
    }
  }
}

/** Throws unless the server shares the answer with pages of this origin. */
export function checkShared(answer: WireResponse, { credentials }: Asked, origin: string): void {
  const allowed = value(answer, "access-control-allow-origin");
  if (credentials === "include") {
    if (allowed !== origin || value(answer, "access-control-allow-credentials") !== "true") {
      throw failed(`CORS: the server shares no answer to a request with credentials with ${origin}`);
    }
  } else if (allowed !== "*" && allowed !== origin) {
    throw failed(`CORS: the server does not share the answer with ${origin}`);
  }
}

/** Whether a page of another origin sees a header of this answer. */
export function exposed(answer: WireResponse, { credentials }: Asked): (name: string) => boolean {
  const named = list(answer, "access-control-expose-headers").map((name) => name.toLowerCase());
  return (name) =>
    alwaysExposed.includes(name.toLowerCase()) ||
    named.includes(name.toLowerCase()) ||
    (credentials !== "include" && named.includes("*"));
}
