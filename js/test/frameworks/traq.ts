import { createHash, randomUUID } from "node:crypto";
import type { User } from "traq-auth";

export const alice: User = {
  id: "0192f3a4-0000-7000-8000-000000000001",
  name: "alice",
  displayName: "Alice",
  iconFileId: "0192f3a4-0000-7000-8000-0000000000ff",
};

export const credentials = { name: "alice", password: "password1234" };

/** The server, as it is and as it was asked. */
export const traq = {
  signedIn: false,
  reachable: true,
  requests: [] as string[],
  /** OAuth2's access tokens that count. */
  tokens: new Set<string>(),
};

const version = { version: "1", revision: "1", flags: { externalLogin: ["google"], signUpAllowed: false } };

/** OAuth2's codes, with the authorization request that each is for. */
const codes = new Map<string, URLSearchParams>();

/** Allows a login by OAuth2, as a person does at the address that it leads to; returns where that leads back. */
export function consent(login: string): string {
  const { origin, pathname, searchParams: asked } = new URL(login);
  if (origin + pathname !== "https://q.example/api/v3/oauth2/authorize") {
    throw new Error(`no authorization request: ${login}`);
  }
  const code = randomUUID();
  codes.set(code, asked);
  const back = new URL(asked.get("redirect_uri") ?? "");
  back.searchParams.set("code", code);
  back.searchParams.set("state", asked.get("state") ?? "");
  return back.href;
}

function exchange(form: URLSearchParams): Response {
  const code = form.get("code") ?? "";
  const asked = codes.get(code);
  codes.delete(code);
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (
    form.get("grant_type") !== "authorization_code" ||
    asked?.get("code_challenge") !== challenge ||
    asked.get("client_id") !== form.get("client_id") ||
    asked.get("redirect_uri") !== form.get("redirect_uri")
  ) {
    return Response.json({ error: "invalid_grant" }, { status: 400 });
  }
  const token = randomUUID();
  traq.tokens.add(token);
  return Response.json({ access_token: token, token_type: "Bearer", expires_in: 31536000 });
}

function me(authorization: string | null): Response {
  if (authorization === null) {
    return traq.signedIn
      ? Response.json(alice)
      : Response.json({ message: "You are not logged in" }, { status: 401 });
  }
  return traq.tokens.has(authorization.replace("Bearer ", ""))
    ? Response.json(alice)
    : Response.json({ message: "invalid token" }, { status: 401 });
}

/** Answers as traQ does, which has one user here, with one browser. */
export const fetch = (async (url: string, { method, headers, body }: RequestInit) => {
  const request = `${method ?? ""} ${new URL(url).pathname}`;
  traq.requests.push(request);
  if (!traq.reachable) {
    throw new TypeError("fetch failed");
  }
  switch (request) {
    case "POST /api/v3/login":
    case "POST /api/v3/logout":
      traq.signedIn = request.endsWith("login");
      return new Response(null, { status: 204 });
    case "GET /api/v3/users/me":
      return me(new Headers(headers).get("Authorization"));
    case "GET /api/v3/version":
      return Response.json(version);
    case "POST /api/v3/oauth2/token":
      return exchange(new URLSearchParams(await new Response(body).text()));
    case "POST /api/v3/oauth2/revoke":
      traq.tokens.delete(new URLSearchParams(await new Response(body).text()).get("token") ?? "");
      return new Response(null, { status: 200 });
    default:
      return Response.json({ message: "Not Found" }, { status: 404 });
  }
}) as typeof globalThis.fetch;
