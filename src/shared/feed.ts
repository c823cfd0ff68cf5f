import type { Message } from "./messages.ts";
import type { Member, Room } from "./rooms.ts";

/** One row of a room as it now stands. Applied by upsert: there is no other way in which a room changes (R2). */
export type Change =
  | { type: "message"; version: number; message: Message }
  | { type: "member"; version: number; member: Member }
  | { type: "room"; version: number; room: Room };

/**
 * What `room.feed` yields: every row whose version lies in (from, to], in order. A client below `from` has missed
 * something and asks again; one at or above `to` has seen it all. `reset` means: forget this room, this is a fresh first
 * page (history went back, or you were too far behind).
 */
export type Batch = { from: number; to: number; changes: Change[]; reset?: { hasOlder: boolean } };

/** A cursor, `<epoch>.<version>`: see `Cursor` in identifiers.ts. */
export function cursorOf(epoch: string, version: number): string {
  return `${epoch}.${version}`;
}

/** The version in a cursor; the epoch is the part before it. */
export function parseCursor(cursor: string): { epoch: string; version: number } {
  const dot = cursor.indexOf(".");
  return { epoch: cursor.slice(0, dot), version: Number(cursor.slice(dot + 1)) };
}
