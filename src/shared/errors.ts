/**
 * Every way in which the server says no. `server/api/errors.ts` turns each into a transport code (an exhaustive table),
 * `ui` into a sentence beside the thing that failed.
 */
export const ERROR_CODES = [
  /** api, on input that a schema refuses. The screen shows the sentence at the field. */
  "INVALID",
  /** auth, without a session or after it ended. The screen goes to /sign-in; what waits to be sent stays on the device. */
  "UNAUTHORIZED",
  /** web, from a page at an address that is not in APP_ORIGIN. The screen says so; what waits to be sent waits. */
  "FORBIDDEN",
  /** domain, for what one sees and may not do (`can`). The screen says so; mostly it did not offer it. */
  "NOT_ALLOWED",
  /** domain, for what is not there and for what is not yours alike (R11). The screen leaves the room. */
  "NOT_FOUND",
  /** realtime, at a removal while a feed is open. The screen leaves the room and says why. */
  "REMOVED",
  /** domain, at a second use of a clientId with other content (R7). The message stays, failed, and gets an id of its own for the next try. */
  "CONFLICT",
  /** domain, at sign-up. The field says so. */
  "USERNAME_TAKEN",
  /** domain, at a channel's name that is in use. The field says so. */
  "NAME_TAKEN",
  /** domain, when the last owner would leave or step down. The screen offers the members to hand over to. */
  "LAST_OWNER",
  /** domain, at a change of password with a wrong one. The field says so. */
  "WRONG_PASSWORD",
  /** domain, when the owner closed sign-up. The page says whom to ask. */
  "SIGN_UP_CLOSED",
  /** domain, at a body over MESSAGE_MAX_LENGTH. The composer keeps the text. */
  "TOO_LONG",
  /** domain, at a send to an archived room. The message stays, failed. */
  "ARCHIVED",
  /** domain, over a rate limit; carries retryAfterMs. The outbox waits that long and goes on. */
  "TOO_MANY_REQUESTS",
  /** realtime, when the send queue is full; carries retryAfterMs. The outbox waits that long and goes on. */
  "TOO_BUSY",
  /** db, when Postgres does not answer, or the server is leaving. The outbox tries again, for as long as it takes. */
  "UNAVAILABLE",
  /** Anything that we did not foresee. The log has the cause; the screen says that it was us. */
  "INTERNAL",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What an error looks like to a client, beside tRPC's own fields: `error.data.reason`, `error.data.retryAfterMs`, and `error.message` for people. */
export type ErrorData = { reason: ErrorCode; retryAfterMs?: number };
