import { fetch, Headers, Request, Response } from "whatwg-fetch";
import { saw } from "./page.ts";

// As in a browser that has none.
Object.assign(globalThis, {
  Headers,
  Request,
  Response,
  fetch: (input: RequestInfo | URL, init?: RequestInit) => {
    saw(init?.method ?? "GET", input);
    return fetch(input, init);
  },
});
