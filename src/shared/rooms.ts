import { z } from "zod";
import { Cursor, Id } from "./identifiers.ts";
import type { Person } from "./people.ts";

export type RoomKind = "channel" | "group" | "direct";
export type RoomVisibility = "public" | "private";
export type MemberRole = "owner" | "moderator" | "member";

/** A room's settings. `version` is the number in the room's order at which they last changed. */
export type Room = {
  id: string;
  kind: RoomKind;
  visibility: RoomVisibility;
  slug: string | null;
  title: string;
  topic: string;
  isLobby: boolean;
  archivedAt: string | null;
  version: number;
};

/** Somebody's place in a room; `leftAt` ends it, the row stays. */
export type Member = {
  roomId: string;
  person: Person;
  role: MemberRole;
  joinedAt: string;
  leftAt: string | null;
  version: number;
};

export const RoomInput = z.strictObject({ roomId: Id });

export const RoomFeedInput = z.strictObject({
  roomId: Id,
  /** Where the client stands; tRPC fills it in on a reconnect. Without it the feed begins with a fresh page. */
  lastEventId: Cursor.nullish(),
});

/** What `me.feed` says: first everything, then whatever changed, whole. */
export type MeEvent =
  /** All my rooms, sorted for the sidebar. Replaces what was there. */
  | { type: "rooms"; rooms: Room[] }
  /** How this node hears of changes: live by LISTEN, or by asking once a second while LISTEN is down. */
  | { type: "node"; listening: ListenState };

/** How a node hears of changes (R4). */
export type ListenState = "live" | "catching-up" | "polling";
