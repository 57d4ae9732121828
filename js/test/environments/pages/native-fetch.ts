import { saw } from "./page.ts";

// Below zone.js, which says so while it calls.
const native = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const zone = Zone.current as unknown as Record<string, unknown>;
  if (zone[Zone.__symbol__("fetchTaskScheduling")] === true) {
    saw(init?.method, input);
  }
  return native(input, init);
};
