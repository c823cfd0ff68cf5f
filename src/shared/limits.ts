/** Numbers that both worlds agree on. What an owner may change by env lives in `server/env.ts` and reaches the browser as `Limits`. */

/** Messages in a page of history. */
export const PAGE_SIZE = 50;

/** The most messages that one call may ask for. */
export const PAGE_SIZE_MAX = 100;

/** Usernames: letters, digits, dot, dash, underscore. */
export const USERNAME_MIN = 2;
export const USERNAME_MAX = 32;
export const DISPLAY_NAME_MAX = 64;

/** Argon2 reads the whole password, so an unbounded one is a way to burn our CPU. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;

/** What the owner of a server chose, as far as a screen needs to know it. */
export type Limits = {
  /** Characters (Unicode code points, as Postgres counts them) in one message. */
  messageMaxLength: number;
};
