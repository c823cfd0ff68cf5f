import { z } from "zod";
import { Id } from "./identifiers.ts";
import { PAGE_SIZE, PAGE_SIZE_MAX } from "./limits.ts";
import type { Person } from "./people.ts";

export type MessageKind = "text" | "system";

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
};

export const SendMessageInput = z.strictObject({
  roomId: Id,
  clientId: Id,
  body: z
    .string()
    // U+0085 is a blank to Postgres (message_body_present), and not to JavaScript.
    .refine((body) => /[^\s\u0085]/.test(body), "A message has at least one visible character.")
    .refine((body) => !body.includes("\u0000"), "A message cannot hold the character NUL."),
});
export type SendMessageInput = z.infer<typeof SendMessageInput>;

/** What a send answers: the row that stands, whether this call wrote it or an earlier one did. */
export type SentMessage = { id: string; seq: number; version: number; createdAt: string };

export const MessagePageInput = z.strictObject({
  roomId: Id,
  /** Messages whose `seq` is below this; without it, the newest. */
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
});

/** A page of history, oldest first, and the cursor at which it was true. */
export type MessagePage = { messages: Message[]; hasOlder: boolean; cursor: string };
