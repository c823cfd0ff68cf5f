import { z } from "zod";
import { Emoji } from "./emoji.ts";
import { Id } from "./identifiers.ts";
import { BODY_MAX, PAGE_SIZE, PAGE_SIZE_MAX } from "./limits.ts";
import type { Person } from "./people.ts";
import type { Reading } from "./rooms.ts";

export type MessageKind = "text" | "system";

/** Who reacted with one emoji, in the order in which they did. */
export type Reaction = { emoji: string; userIds: string[] };

/** What a root shows of its thread. `count` stops at REPLIES_COUNTED_MAX; `people` are the last to reply, at most three. */
export type ThreadSummary = { count: number; lastAt: string; people: Person[] };

/** A message as everybody in its room sees it: the same bytes for all (R5). Dates are ISO 8601 in UTC. */
export type Message = {
  id: string;
  roomId: string;
  /** Its place in the room; never changes. */
  seq: number;
  /** The number of its last change. */
  version: number;
  /** What its author's device called it, to match it with what waits in the outbox. */
  clientId: string;
  kind: MessageKind;
  /** Empty once deleted. */
  body: string;
  author: Person;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  /** The message that it quotes. */
  replyTo: string | null;
  /** The message whose thread it is in. Replies have their place in the thread, not in the timeline. */
  threadRoot: string | null;
  pinned: { at: string; by: string } | null;
  reactions: Reaction[];
  /** Null without live replies. */
  thread: ThreadSummary | null;
};

const Body = z
  .string()
  // Before anything looks at each of its characters. Code points, as Postgres counts them.
  .refine((body) => body.length <= BODY_MAX || (body.length <= 2 * BODY_MAX && [...body].length <= BODY_MAX), {
    error: "A message has at most 50,000 characters.",
    abort: true,
  })
  // U+0085 is a blank to Postgres (message_body_present), and not to JavaScript.
  .refine((body) => /[^\s\u0085]/.test(body), "A message has at least one visible character.")
  .refine((body) => !body.includes("\u0000"), "A message cannot hold the character NUL.");

export const SendMessageInput = z.strictObject({
  roomId: Id,
  clientId: Id,
  body: Body,
  /** A message of the same room, to quote. */
  replyTo: Id.optional(),
  /** A message of the room's timeline, to answer in its thread. */
  threadRoot: Id.optional(),
});
export type SendMessageInput = z.infer<typeof SendMessageInput>;

/** What a send answers: the row that stands, whether this call wrote it or an earlier one did. */
export type SentMessage = { id: string; seq: number; version: number; createdAt: string };

export const MessageInput = z.strictObject({ messageId: Id });
export const EditMessageInput = z.strictObject({ messageId: Id, body: Body });
export const ReactInput = z.strictObject({ messageId: Id, emoji: Emoji, isOn: z.boolean() });
export const PinInput = z.strictObject({ messageId: Id, isOn: z.boolean() });
export const SaveInput = z.strictObject({ messageId: Id, isOn: z.boolean() });

/** Messages of one room by their ids: quotes, roots and pins that lie outside the window. */
export const MessagesInput = z.strictObject({ roomId: Id, messageIds: z.array(Id).min(1).max(PAGE_SIZE_MAX) });

export const ThreadPageInput = z.strictObject({
  rootId: Id,
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
});
export const FollowThreadInput = z.strictObject({ rootId: Id, isOn: z.boolean() });
export const ReadThreadInput = z.strictObject({ rootId: Id, seq: z.int().positive() });

/** What a message said before an edit. */
export type MessageEdit = { body: string; writtenAt: string };

/**
 * Who has read a message, and who has only been given it: of the members who were there when it was said, or were told of it
 * when they came, without its author. `others` have not got it yet.
 */
export type MessageReceipts = { read: Reading[]; delivered: Reading[]; others: number };

/** A message as a list outside its room shows it: saved ones, threads. */
export type FoundMessage = { message: Message; roomId: string; roomTitle: string };

export type ThreadPage = MessagePage & { root: Message; isFollowing: boolean; lastReadSeq: number };

/** A thread that I follow, the one with the newest reply first. */
export type FollowedThread = { root: Message; roomId: string; unread: number; last: Message | null };

export const MessagePageInput = z.strictObject({
  roomId: Id,
  /** Messages whose `seq` is below this; without it, the newest. */
  before: z.int().positive().optional(),
  /** Messages whose `seq` is above this, for reading on towards the newest. */
  after: z.int().nonnegative().optional(),
  limit: z.int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
});

/** The page of the timeline around a message: half before it, half after. */
export const MessageAroundInput = z.strictObject({
  messageId: Id,
  limit: z.int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
});

/**
 * A page of history, oldest first, and the cursor at which it was true. `quoted` holds what its messages quote and is
 * not on the page itself.
 */
export type MessagePage = {
  messages: Message[];
  quoted: Message[];
  hasOlder: boolean;
  /** There is more between this page and the newest message. False for the newest page. */
  hasNewer: boolean;
  cursor: string;
};
