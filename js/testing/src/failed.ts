/** What `fetch` rejects with; why is no page's to know, but a test's. */
export const failed = (why: string): TypeError => new TypeError("fetch failed", { cause: new Error(why) });
