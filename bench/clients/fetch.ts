// What a careful engineer writes by hand for this one call.
import type { Client } from "../contenders.ts";

class ResponseError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const client: Client = (baseURL) => async () => {
  const response = await fetch(`${baseURL}/users/me/sessions`, {
    credentials: "same-origin",
    redirect: "manual", // one is no list; it has the status 0
  });
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as { message?: string } | null;
    throw new ResponseError(response.status, body?.message ?? response.statusText);
  }
  const sessions = (await response.json()) as { id: string; issuedAt: string }[];
  if (!Array.isArray(sessions)) {
    throw new ResponseError(response.status, "not a list of sessions");
  }
  return sessions.map(({ id, issuedAt }) => ({ id, issuedAt: new Date(issuedAt) }));
};
