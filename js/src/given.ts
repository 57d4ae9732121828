/**
 * The members of an object that may be left out, and none that it has of a polluted
 * Object.prototype: nobody gave them.
 */
export const given = <T extends object>(members: T | null | undefined): Partial<T> =>
  // It has 11 of the language, and __proto__, which Deno and a hardened Node have not.
  Object.getOwnPropertyNames(Object.prototype).length > 11 + Number("__proto__" in {})
    ? Object.assign({ __proto__: null }, members)
    : (members ?? {});
