import type { Page } from "puppeteer-core";
import type { Snapshot } from "../../src/index.ts";
import { call } from "./client.ts";

// What tests of the state share: who is signed in, by a page's client.

/** What a page's client knows, in short. */
export const known = async (page: Page): Promise<string> => {
  const { value } = await call(page, "getSnapshot");
  const { status, user } = value as Snapshot;
  return user ? `${status} ${user.name}` : status;
};

/** Calls a method and tells its error's code, or what is then known. */
export const after = async (page: Page, method: string, ...args: unknown[]): Promise<unknown> => {
  const { error } = await call(page, method, args);
  return error ? [error["code"] ?? error["name"], await known(page)] : known(page);
};
