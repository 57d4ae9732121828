import type { Check } from "../storage.js";
import type { Seen, Times } from "../call/transport.js";
import type { Session } from "../types.js";
import { isUUID } from "../uuid.js";

/** What is known of the session that this browser's cookie is of. */
export interface CurrentSession {
  /** The id of whose it is, where that was known. */
  readonly user?: string | undefined;
  /** Its own, where that is known. */
  readonly id?: string | undefined;
  /** Else between which times it was opened, by the server's clock; see {@link Times}. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A login leaves between which times it was, and a list the id. */
export const checkCurrentSession: Check<CurrentSession> = ({ user, id, from, to }) =>
  (user === undefined || isUUID(user)) &&
  (isUUID(id)
    ? from === undefined && to === undefined
    : id === undefined && typeof from === "number" && typeof to === "number" && from <= to)
    ? ({ user, id, from, to } as CurrentSession)
    : null;

/** Milliseconds after which the server renews a session: it has another id and another time then. */
const renewal = 14 * 24 * 3600 * 1000;

/** Whether two ids are of the same session: RFC 9562, section 4, reads them without case. */
export const isSameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Returns the id of the current session among a user's, null where that is
 * not proven; the server marks none.
 *
 * - Sessions are listed by a session alone, so the only one is the current one.
 * - Where its id is known, it is the one with that id, or it has got another.
 * - Else it is one of those that were opened while the login took place, by the
 *   server's clock; where just one was, by both times that a session has (one is
 *   in its id: RFC 9562, section 5.7), it is that. A session that was opened
 *   after the list was made shows that the Date is not of the server's clock but
 *   of a proxy's, which proves nothing; and so does a time so long ago that the
 *   own may have been renewed since.
 *
 * The page's clock plays no part.
 */
export function findCurrent(
  sessions: readonly Session[],
  current: CurrentSession | null | undefined,
  clock: Seen["clock"],
): string | null {
  const [first, second] = sessions;
  if (first && !second) {
    return first.id;
  }
  if (!current) {
    return null;
  }
  const { id, from = NaN, to = NaN } = current;
  if (id !== undefined) {
    return sessions.find((session) => isSameId(session.id, id))?.id ?? null;
  }
  const times = (session: Session): [number, number] => [
    session.issuedAt.getTime(),
    parseInt(session.id.slice(0, 13).replace("-", ""), 16),
  ];
  const during = (time: number): boolean => time >= from && time <= to;
  const now = clock?.() as Times;
  const [found, other] = sessions.filter((session) => times(session).some(during));
  return found &&
    !other &&
    times(found).every(during) &&
    now.from - to < renewal &&
    sessions.every((session) => times(session)[0] <= now.to)
    ? found.id
    : null;
}
