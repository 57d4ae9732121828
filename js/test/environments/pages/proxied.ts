import { saw } from "./page.ts";

// As tools do that watch responses: what looks like a Response and is none.
const native = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  saw(init?.method ?? "GET", input);
  const response = await native(input, init);
  return new Proxy(response, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
};
