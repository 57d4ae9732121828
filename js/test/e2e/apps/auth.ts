import { createAuthClient, type Snapshot } from "traq-auth";

/** What the page was rendered with, where a server did: a page's variable, or a rendering's. */
declare const rendered: Snapshot | undefined;

/** What an application's own auth.ts has. */
export const auth = createAuthClient({ initial: rendered });
