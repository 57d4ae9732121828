import type { User } from "traq-auth";

export const alice: User = {
  id: "0192f3a4-0000-7000-8000-000000000001",
  name: "alice",
  displayName: "Alice",
  iconFileId: "0192f3a4-0000-7000-8000-0000000000ff",
};

export const credentials = { name: "alice", password: "password1234" };

/** The server, as it is and as it was asked. */
export const traq = { signedIn: false, reachable: true, requests: [] as string[] };

const version = { version: "1", revision: "1", flags: { externalLogin: ["google"], signUpAllowed: false } };

/** Answers as traQ does, which has one user here, with one browser. */
export const fetch = ((url: string, { method }: RequestInit) => {
  const request = `${method ?? ""} ${new URL(url).pathname}`;
  traq.requests.push(request);
  if (!traq.reachable) {
    return Promise.reject(new TypeError("fetch failed"));
  }
  switch (request) {
    case "POST /api/v3/login":
    case "POST /api/v3/logout":
      traq.signedIn = request.endsWith("login");
      return Promise.resolve(new Response(null, { status: 204 }));
    case "GET /api/v3/users/me":
      return Promise.resolve(
        traq.signedIn
          ? Response.json(alice)
          : Response.json({ message: "You are not logged in" }, { status: 401 }),
      );
    case "GET /api/v3/version":
      return Promise.resolve(Response.json(version));
    default:
      return Promise.resolve(Response.json({ message: "Not Found" }, { status: 404 }));
  }
}) as typeof globalThis.fetch;
