/** Numbers that both worlds agree on. What an owner may change by env lives in `server/env.ts` and reaches the browser as `Limits`. */

/** Messages in a page of history. */
export const PAGE_SIZE = 50;

/** No server takes a longer message, whatever its owner chose (MESSAGE_MAX_LENGTH). */
export const BODY_MAX = 50_000;

/** The most messages that one call may ask for. */
export const PAGE_SIZE_MAX = 100;

/** Usernames: letters, digits, dot, dash, underscore. */
export const USERNAME_MIN = 2;
export const USERNAME_MAX = 32;
export const DISPLAY_NAME_MAX = 64;

/** Argon2 reads the whole password, so an unbounded one is a way to burn our CPU. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;

export const STATUS_TEXT_MAX = 100;
export const ROOM_TITLE_MAX = 80;
export const ROOM_TOPIC_MAX = 250;

/** Names of people in one answer. */
export const PEOPLE_FOUND_MAX = 50;

/** People whom `me.feed` tells of from the start; beyond it the rest are asked for by name. */
export const PEOPLE_KNOWN_MAX = 1_000;

/** Saved messages that `me.feed` tells of: enough to mark every one on screen. */
export const SAVED_KNOWN_MAX = 500;

/** Members whom one call may add. */
export const MEMBERS_ADDED_MAX = 50;

/** Names of channels that one call may ask about. */
export const ROOMS_NAMED_MAX = 50;

/** Unread and mentions are counted this far: 100 is shown as "99+". */
export const UNREAD_MAX = 100;

/** In a room with more members nobody is told live who has read what: the marks of a thousand people moving are a flood. */
export const RECEIPTS_LIVE_MAX = 100;

/** Different emoji on one message. */
export const REACTIONS_MAX = 50;

/** Pinned messages in one room. */
export const PINS_MAX = 100;

/** Replies are counted this far. */
export const REPLIES_COUNTED_MAX = 1_000;

/** How long somebody is shown as typing after the last word of it, and how often a device says so. */
export const TYPING_SHOWN_MS = 5_000;
export const TYPING_EVERY_MS = 2_000;

/**
 * Both ends of a socket that has been still for this long ask whether the other is there, and give it so long to say so: a
 * pulled cable tells nobody. A server that stands still for a moment must not lose everybody for that.
 */
export const PING_MS = 10_000;
export const PONG_WITHIN_MS = 5_000;

/** Without a key or a pointer for this long one is away. */
export const AWAY_AFTER_MS = 5 * 60_000;

/** What the owner of a server chose, as far as a screen needs to know it. */
export type Limits = {
  /** Characters (Unicode code points, as Postgres counts them) in one message. */
  messageMaxLength: number;
};
