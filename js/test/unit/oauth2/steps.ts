import assert from "node:assert/strict";
import type { OAuth2Client, OAuth2ClientOptions } from "../../../src/oauth2/types.ts";
import { begin, codeOf, createClient, createWorld, json, signIn, type World } from "./traq.ts";

// Something that is under way, at each step of which something else happens.

// The pause between two looks for what another tab has stored: there is nothing to wait for.
const { setTimeout: after } = globalThis;
globalThis.setTimeout = ((task: () => void, ms?: number) =>
  after(task, ms === 200 ? 0 : ms)) as typeof globalThis.setTimeout;

type Act = () => Promise<unknown>;

/** What can be under way: it is prepared, and what is returned begins it. */
export const underWay = {
  "a login": async (auth: OAuth2Client): Promise<Act> => {
    const url = await begin(auth, "bob");
    return () => auth.completeLogin(url);
  },
  "a login in the place of another": async (auth: OAuth2Client): Promise<Act> => {
    await signIn(auth, "alice");
    const url = await begin(auth, "bob");
    return () => auth.completeLogin(url);
  },
  "a renewal": async (auth: OAuth2Client, world: World): Promise<Act> => {
    world.life = 20; // which is less than what is left when a token is renewed
    await signIn(auth, "bob");
    world.life = 3600;
    return () => auth.getAccessToken();
  },
  "a renewal that is refused": async (auth: OAuth2Client, world: World): Promise<Act> => {
    world.life = 20;
    await signIn(auth, "bob");
    world.life = 3600;
    world.handler = (_, form) => {
      const token = form.get("refresh_token")?.replace("refresh", "access");
      return token === undefined
        ? undefined
        : (world.alive.delete(token), json({ error: "invalid_grant" }, 400));
    };
    return () => auth.getAccessToken();
  },
  "a renewal for a token that was refused": async (auth: OAuth2Client, world: World): Promise<Act> => {
    await signIn(auth, "bob");
    return () => {
      let refused = 0;
      world.handler = (request) =>
        request.startsWith("GET ") && !refused++ ? json({ message: "invalid token" }, 401) : undefined;
      return auth.getUser();
    };
  },
} as const;

export type UnderWay = keyof typeof underWay;

export const all = Object.keys(underWay) as readonly UnderWay[];

/** What is left when both have ended. */
export interface Seen {
  readonly auth: OAuth2Client;
  /** A client of another tab's. */
  readonly other: OAuth2Client;
  readonly world: World;
  /** How what was under way ended: with a value, or the code of an error. */
  readonly ended: unknown;
  /** And what happened. */
  readonly happened: unknown;
  /** Whether bob was signed in already when it happened. */
  readonly isLate: boolean;
  readonly when: string;
}

/** Has something happen at each step of what is under way, in turn; it is prepared as that is. */
export async function atEachStep(
  begun: UnderWay,
  storagesOf: (world: World) => readonly OAuth2ClientOptions["storage"][],
  prepare: (seen: Pick<Seen, "auth" | "other" | "world">) => Promise<Act>,
  check: (seen: Seen) => Promise<void>,
): Promise<void> {
  for (let step = 1; ; step++) {
    const world = createWorld();
    world.refreshes = true;
    const [storage, others] = storagesOf(world);
    const auth = createClient(world, { storage });
    const other = createClient(world, { storage: others });
    try {
      await other.refresh(); // and it hears of this one
      const start = await underWay[begun](auth, world);
      const act = await prepare({ auth, other, world });
      await world.quiet();
      let happened: Promise<unknown> | undefined;
      let isLate = false;
      world.at(step, () => {
        isLate = begun.startsWith("a login") && auth.getSnapshot().user?.name === "bob";
        happened = codeOf(act());
      });
      const ended = await codeOf(start());
      await world.quiet();
      if (!happened) {
        assert.ok(step > 2, `there are steps: ${step}`);
        return;
      }
      const when = `at step ${step}, ended with ${JSON.stringify(ended)}`;
      await check({ auth, other, world, ended, happened: await happened, isLate, when });
    } finally {
      auth.dispose();
      other.dispose();
    }
  }
}
