import assert from "node:assert/strict";

/** The texts that stand for something else; see authcore/authtest/scenarios. */
export type Values = Map<string, string>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Puts the values that are known in a text's or a structure's place. */
export function filled<T>(value: T, values: Values): T {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string"
      ? part.replace(/<([^<>=]+)>/g, (all, name: string) => values.get(name) ?? all)
      : part,
  );
  return JSON.parse(text) as T;
}

/** Tells what differs between a value and a pattern, and keeps what the pattern names; null for nothing. */
function difference(value: unknown, pattern: unknown, values: Values): string | null {
  const differs = `${JSON.stringify(value)} is not ${JSON.stringify(pattern)}`;
  if (typeof pattern === "string") {
    if (typeof value !== "string") {
      return differs;
    }
    const kept = /^<=(.+)>$/.exec(pattern)?.[1];
    if (kept !== undefined) {
      values.set(kept, value);
      return null;
    }
    switch (pattern) {
      case "<text>":
        return null;
      case "<uuid>":
        return uuid.test(value) ? null : differs;
      case "<date>":
        return new Date(value).toJSON() === value ? null : differs;
    }
    return value === filled(pattern, values) ? null : differs;
  }
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value) || value.length !== pattern.length) {
      return differs;
    }
    const left = [...(value as unknown[])];
    for (const element of pattern) {
      const at = left.findIndex((candidate) => difference(candidate, element, values) === null);
      if (at < 0) {
        return differs;
      }
      left.splice(at, 1);
    }
    return null;
  }
  if (typeof pattern === "object" && pattern !== null) {
    if (typeof value !== "object" || value === null) {
      return differs;
    }
    for (const [name, member] of Object.entries(pattern)) {
      const inner = difference((value as Record<string, unknown>)[name], member, values);
      if (inner !== null) {
        return `${name}: ${inner}`;
      }
    }
    return null;
  }
  return Object.is(value, pattern) ? null : differs;
}

export function assertMatches(value: unknown, pattern: unknown, values: Values): void {
  const found = difference(value, pattern, values);
  assert.ok(found === null, found ?? "");
}
