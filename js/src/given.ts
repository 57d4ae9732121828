/**
 * An object's own members, and none that it has of a polluted Object.prototype:
 * nobody gave them.
 */
export const given = <T extends object>(members: T): T =>
  Object.keys(Object.prototype).length ? Object.assign(Object.create(null) as T, members) : members;
