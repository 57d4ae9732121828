// What has no types of its own; each is a fetch, or says so.

declare module "node-fetch-2" {
  const nodeFetch: typeof fetch;
  export default nodeFetch;
}

declare module "whatwg-fetch" {
  export const fetch: typeof globalThis.fetch;
  export const Headers: typeof globalThis.Headers;
  export const Request: typeof globalThis.Request;
  export const Response: typeof globalThis.Response;
}
