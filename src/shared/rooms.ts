import { z } from "zod";
import { Cursor, Id } from "./identifiers.ts";
import { MEMBERS_ADDED_MAX, ROOM_TITLE_MAX, ROOM_TOPIC_MAX, ROOMS_NAMED_MAX } from "./limits.ts";
import type { Person, Presence, Profile } from "./people.ts";

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
  createdBy: string | null;
  /** A direct room's two people, or one: notes to oneself. Null for the others. */
  people: Person[] | null;
  version: number;
};

/** How much of a room reaches me. */
export type NotificationLevel = "all" | "mentions" | "nothing";

/** What a room holds for me. Derived at every reading, bounded by UNREAD_MAX: there is no stored counter to drift. */
export type RoomCounts = {
  /** Live messages of others in the timeline above my watermark, system messages aside. */
  unread: number;
  /** Those of them that call me. */
  mentions: number;
  lastReadSeq: number;
  /** The newest message of the timeline: its place and time. 0 and null in a room where nobody has spoken. */
  lastSeq: number;
  lastAt: string | null;
};

/** A room as it is in my list. */
export type MyRoom = Room & RoomCounts & { role: MemberRole; level: NotificationLevel; isFavourite: boolean };

/** A member's watermarks as the others are told them: of what was read the furthest ever, also when it was marked unread since. */
export type Reading = {
  userId: string;
  lastReadSeq: number;
  lastDeliveredSeq: number;
  readAt: string | null;
  deliveredAt: string | null;
};

/** The same of a whole room. Of what was said up to `fromSeq`, where they came in, the marks tell nothing. */
export type Receipt = Reading & { fromSeq: number };

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

/**
 * A channel's name doubles as its address in text (`#on-air`): lower case, digits, dashes. A group's title is free.
 */
export const ChannelName = z
  .string()
  .trim()
  .toLowerCase()
  .transform((name) => name.replace(/^#/, "").replaceAll(/\s+/g, "-"))
  .pipe(
    z
      .string()
      .min(2, "A channel's name has at least 2 characters.")
      .max(ROOM_TITLE_MAX, `A channel's name has at most ${ROOM_TITLE_MAX} characters.`)
      .regex(
        /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}_-]*$/u,
        "A channel's name is made of letters, digits, dashes and underscores.",
      ),
  );
const Title = z
  .string()
  .trim()
  .min(1, "A group has a title.")
  .max(ROOM_TITLE_MAX, `A title has at most ${ROOM_TITLE_MAX} characters.`)
  .regex(/^\P{Cc}*$/u, "A title cannot hold control characters.");
const Topic = z
  .string()
  .trim()
  .max(ROOM_TOPIC_MAX, `A topic has at most ${ROOM_TOPIC_MAX} characters.`)
  .regex(/^\P{Cc}*$/u, "A topic cannot hold control characters.");
const Visibility = z.enum(["public", "private"]);
const Newcomers = z.array(Id).max(MEMBERS_ADDED_MAX, `Add at most ${MEMBERS_ADDED_MAX} people at once.`);

/** `roomId` is the caller's choice, a new uuid: a call that is repeated finds what it made. */
export const CreateRoomInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("channel"),
    roomId: Id,
    title: ChannelName,
    topic: Topic.default(""),
    visibility: Visibility.default("public"),
    memberIds: Newcomers.default([]),
  }),
  z.strictObject({
    kind: z.literal("group"),
    roomId: Id,
    title: Title,
    topic: Topic.default(""),
    memberIds: Newcomers.default([]),
  }),
]);
export type CreateRoomInput = z.infer<typeof CreateRoomInput>;

/** The title is judged as the room's kind asks. */
export const UpdateRoomInput = z.strictObject({
  roomId: Id,
  title: z
    .string()
    .max(ROOM_TITLE_MAX * 2)
    .optional(),
  topic: Topic.optional(),
  visibility: Visibility.optional(),
});
export type UpdateRoomInput = z.infer<typeof UpdateRoomInput>;

/** Titles, as `room.update` judges them once it knows the kind. */
export const TITLE_OF = { channel: ChannelName, group: Title } as const;

export const BrowseRoomsInput = z.strictObject({
  query: z
    .string()
    .trim()
    .max(ROOM_TITLE_MAX)
    .regex(/^\P{Cc}*$/u, "A title cannot hold control characters.")
    .default(""),
  /** The last title of the page before. */
  after: z
    .string()
    .max(ROOM_TITLE_MAX)
    .regex(/^\P{Cc}*$/u, "A title cannot hold control characters.")
    .optional(),
  isArchived: z.boolean().default(false),
});

/** Channels by what stands behind the `#` in a message. */
export const NamedRoomsInput = z.strictObject({
  slugs: z
    .array(
      z
        .string()
        .min(1)
        .max(ROOM_TITLE_MAX)
        .regex(/^\P{Cc}*$/u, "A name cannot hold control characters."),
    )
    .min(1)
    .max(ROOMS_NAMED_MAX),
});

/** What a name leads to. */
export type NamedRoom = { id: string; slug: string };

/** A public channel, or an archived room of mine, as the browser of rooms shows it. */
export type BrowsedRoom = { room: Room; memberCount: number; isMember: boolean };
export type BrowsedRooms = { rooms: BrowsedRoom[]; hasMore: boolean };

export const DirectRoomInput = z.strictObject({ userId: Id });
export const AddMembersInput = z.strictObject({ roomId: Id, userIds: Newcomers.min(1, "Choose somebody to add.") });
export const MemberInput = z.strictObject({ roomId: Id, userId: Id });
export const SetRoleInput = z.strictObject({ roomId: Id, userId: Id, role: z.enum(["owner", "moderator", "member"]) });

/** Members in the order in which a list shows them: owners, moderators, members, each by name. */
export const MembersInput = z.strictObject({
  roomId: Id,
  /** The `next` of the page before. */
  after: z.string().max(1_000).optional(),
  limit: z.int().min(1).max(200).default(200),
});
/** `next` is where the next page begins; null on the last. `total` counts all. */
export type MemberPage = { members: Member[]; total: number; next: string | null; cursor: string };

export const SetRoomPreference = z.strictObject({
  roomId: Id,
  level: z.enum(["all", "mentions", "nothing"]).optional(),
  isFavourite: z.boolean().optional(),
});

/** `seq` is the last message that was seen, with everything before it. */
export const ReadInput = z.strictObject({ roomId: Id, seq: z.int().nonnegative() });
export const MarkUnreadInput = z.strictObject({ roomId: Id, seq: z.int().positive() });
/** How far this device has been given rooms. */
export const DeliveredInput = z.strictObject({
  rooms: z
    .array(z.strictObject({ roomId: Id, seq: z.int().positive() }))
    .min(1)
    .max(500),
});

export const TypingInput = z.strictObject({ roomId: Id, threadRoot: Id.optional() });

/** What fades in a room. First where everybody stands, then whatever moved; nothing to resume. */
export type ActivityEvent =
  /** Everybody's watermarks, or, when `isAll` is false, those that moved. Empty for good in a room over RECEIPTS_LIVE_MAX. */
  | { type: "receipts"; isAll: boolean; receipts: Receipt[] }
  /** Somebody, never oneself, is typing now: show it for TYPING_SHOWN_MS, or until a message of theirs arrives. */
  | { type: "typing"; userId: string; threadRoot: string | null };

/** A thread that I follow, with replies of others that I have not read. `isCalled`: one of them calls me by name. */
export type UnreadThread = { rootId: string; roomId: string; unread: number; isCalled: boolean };

/** What `me.feed` says: first everything, then whatever changed. */
export type MeEvent =
  /** All my rooms, archived ones too, the lobby first and then by name. Replaces what was there. */
  | { type: "rooms"; rooms: MyRoom[] }
  /** The settings of one of my rooms, as they now stand; what it holds for me is as it was. */
  | { type: "room"; room: Room }
  /** The counts of some of my rooms, as they now stand. */
  | { type: "counts"; counts: (RoomCounts & { roomId: string })[] }
  /** People whom I share a room with: all that are known from the start, or those who changed. */
  | { type: "people"; isAll: boolean; people: Profile[] }
  /** Who of them is here: all who are not offline, or those who came and went. */
  | { type: "presence"; isAll: boolean; presence: Presence[] }
  /** Threads with something unread, all of them. */
  | { type: "threads"; threads: UnreadThread[] }
  /** The messages that I saved last, all of them up to 500. */
  | { type: "saved"; messageIds: string[] }
  /** How this node hears of changes: live by LISTEN, or by asking once a second while LISTEN is down. */
  | { type: "node"; listening: ListenState };

/** How a node hears of changes (R4). */
export type ListenState = "live" | "catching-up" | "polling";
