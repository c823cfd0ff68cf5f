import { createHash } from "node:crypto";
import type { Change } from "#shared/feed.ts";
import type { Message } from "#shared/messages.ts";

/** What one device asked, was answered and was given, in the order in which it happened. `at` in ms since 1970. */
export type Entry = { at: number; device: string } & Happened;

export type Happened =
  /** A page was loaded: nothing is known but what waits to be sent. */
  | { type: "began"; session: string }
  | { type: "signedOut"; session: string }
  /** Somebody pressed Enter. What becomes of it are the asks with this clientId. */
  | { type: "wrote"; clientId: string; roomId: string; body: string; replyTo: string | null; threadRoot: string | null }
  | ({ type: "asked"; op: number } & Asked)
  | { type: "answered"; op: number; outcome: Outcome; reason: string | null; row: SentRow | null }
  | {
      type: "batch";
      roomId: string;
      from: number;
      to: number;
      epoch: string;
      isReset: boolean;
      known: number;
      rows: SeenRow[];
    }
  | { type: "page"; roomId: string; via: "open" | "older" | "thread"; version: number; rows: SeenRow[] }
  | { type: "left"; roomId: string; reason: string };

export type Asked = {
  verb: string;
  roomId: string;
  messageId?: string;
  clientId?: string;
  body?: string;
  userId?: string;
  emoji?: string;
  seq?: number;
};

/** As Jepsen has it: done, surely not done, or nobody knows. */
export type Outcome = "ok" | "refused" | "unknown";
export type SentRow = { id: string; seq: number; version: number };

/** A row as it arrived: enough to compare it with other readers' and with the table. */
export type SeenRow = {
  type: Change["type"];
  id: string;
  version: number;
  digest: string;
  /** The rest of messages only. */
  seq?: number;
  isDeleted?: boolean;
  threadRoot?: string | null;
  replyTo?: string | null;
};

const digest = (row: unknown) => createHash("sha1").update(JSON.stringify(row)).digest("base64url").slice(0, 10);

export function seenMessage(message: Message): SeenRow {
  const { id, version, seq, threadRoot, replyTo } = message;
  return {
    type: "message",
    id,
    version,
    digest: digest(message),
    seq,
    isDeleted: message.deletedAt !== null,
    threadRoot,
    replyTo,
  };
}

export function seenChange(change: Change): SeenRow {
  if (change.type === "message") return seenMessage(change.message);
  const [id, row] = change.type === "member" ? [change.member.person.id, change.member] : [change.room.id, change.room];
  return { type: change.type, id, version: change.version, digest: digest(row) };
}

/** Everybody's entries, in one order. */
export class Journal {
  readonly entries: Entry[] = [];
  #ops = 0;

  note(device: string, happened: Happened): void {
    this.entries.push({ at: Date.now(), device, ...happened });
  }

  ask(device: string, asked: Asked): number {
    const op = ++this.#ops;
    this.note(device, { type: "asked", op, ...asked });
    return op;
  }
}
