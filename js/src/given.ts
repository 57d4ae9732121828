/** How many members Object.prototype has of the language. */
const usual = 12;

/**
 * The members of an object that may be left out, and none that it has of a polluted
 * Object.prototype: nobody gave them.
 */
export const given = <T extends object>(members: T | null | undefined): Partial<T> =>
  Object.getOwnPropertyNames(Object.prototype).length > usual
    ? Object.assign({ __proto__: null }, members)
    : (members ?? {});
