/** No module comes with this file: slim.ts makes sure that the caller gives one. */
export const defaultModule = (): never => {
  throw new TypeError("no module");
};
