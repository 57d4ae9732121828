/** Whether a value is a UUID with dashes, as the server's ids are. */
export const isUUID = (value: unknown): value is string =>
  typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
