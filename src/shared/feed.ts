import { z } from "zod";
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

/**
 * Where a client stands: `<epoch>.<version>`. The epoch changes when history may have gone backwards (a restored
 * backup, a failover that lost its tail), and with it every cursor becomes unknown.
 */
export const Cursor = z.string().regex(/^[0-9a-f]{12}\.\d{1,15}$/, "That is not a cursor.");

export function cursorOf(epoch: string, version: number): string {
  return `${epoch}.${version}`;
}

/** The version in a cursor; the epoch is the part before it. */
export function parseCursor(cursor: string): { epoch: string; version: number } {
  const dot = cursor.indexOf(".");
  return { epoch: cursor.slice(0, dot), version: Number(cursor.slice(dot + 1)) };
}
