import type { Message } from "#shared/messages.ts";
import { toMessage } from "../db/rows.ts";
import { hasSqlState, isUnreachable, SQLSTATE } from "../db/sqlstate.ts";
import { DomainError, messageTooLong, noSuchMessage, noSuchRoom } from "../errors.ts";
import type { Send } from "./send-queue.ts";

type Refusal = "CONFLICT" | "NOT_FOUND" | "NO_MESSAGE" | "ARCHIVED" | "TOO_LONG" | "TOO_MANY_REQUESTS";
type Stands = { id: string; seq: number; version: number; created_at: Date };

/** What `message_send_batch` answers for each send (prisma/migrations/20261128100000_send_in_one_pass); the names are the author's. */
export type OutcomeRow =
  | ({ outcome: "new"; username: string; display_name: string } & Stands)
  | ({ outcome: "repeat" } & Stands)
  | { outcome: Refusal; retry_after_ms: number };

/** Behind them come the sessions that have ended. */
export type AnswerRow = OutcomeRow | { outcome: "revoked"; id: string };

export type BatchAnswers = { rows: OutcomeRow[]; revoked: string[] };

export function answersIn(answered: AnswerRow[]): BatchAnswers {
  const rows: OutcomeRow[] = [];
  const revoked: string[] = [];
  for (const row of answered) {
    if (row.outcome === "revoked") revoked.push(row.id);
    else rows.push(row);
  }
  return { rows, revoked };
}

/** Rates are told in messages a minute: whose next one has to wait longer has met a clock that went back. */
const RATE_WINDOW_MS = 60_000;
/** Meanwhile the bucket is forgotten. */
export const ANEW_MS = 1_000;

/**
 * Authors whose bucket lies further ahead than it takes to refill. The least wait of each tells: that of the hundredth
 * in a batch is long by right, and were the bucket forgotten for it, a flood would be its own pardon.
 */
export function metAClockThatWentBack(
  batch: readonly { authorId: string }[],
  rows: readonly OutcomeRow[],
): Set<string> {
  const waits = new Map<string, number>();
  for (const [place, { authorId }] of batch.entries()) {
    const row = rows[place];
    if (row?.outcome !== "new" && row?.outcome !== "TOO_MANY_REQUESTS") continue;
    const wait = row.outcome === "new" ? 0 : row.retry_after_ms;
    waits.set(authorId, Math.min(waits.get(authorId) ?? wait, wait));
  }
  return new Set([...waits].filter(([, wait]) => wait > RATE_WINDOW_MS).map(([authorId]) => authorId));
}

export function unavailable(sentence: string, cause?: unknown): DomainError {
  return new DomainError("UNAVAILABLE", sentence, { cause });
}

export const roomHeld = (cause?: unknown) =>
  unavailable("Somebody else is changing this room. Your message waits on your device.", cause);

/** What a send is told when its batch came to nothing. */
export function failure(cause: unknown): DomainError {
  if (hasSqlState(cause, SQLSTATE.LOCK_NOT_AVAILABLE)) return roomHeld(cause);
  if (isUnreachable(cause))
    return unavailable("The server can't reach its database. Your message waits on your device.", cause);
  return new DomainError("INTERNAL", "Something went wrong on the server. Try again.", { cause });
}

export function refusal(outcome: Refusal, retryAfterMs: number, maxLength: number): DomainError {
  switch (outcome) {
    case "NOT_FOUND":
      return noSuchRoom();
    case "NO_MESSAGE":
      return noSuchMessage();
    case "CONFLICT":
      return new DomainError("CONFLICT", "A different message was already sent under this id.");
    case "ARCHIVED":
      return new DomainError("ARCHIVED", "This room is archived. Nothing new can be written here.");
    case "TOO_LONG":
      return messageTooLong(maxLength);
    case "TOO_MANY_REQUESTS":
      return new DomainError("TOO_MANY_REQUESTS", "You're sending quickly. Wait a moment.", { retryAfterMs });
  }
}

/** What the batch wrote, as a read of it would say it. */
export function newMessages(batch: readonly Send[], rows: readonly OutcomeRow[]): Message[] {
  return batch.flatMap((send, place) => {
    const row = rows[place];
    if (row?.outcome !== "new") return [];
    return toMessage({
      id: row.id,
      room_id: send.roomId,
      seq: row.seq,
      version: row.version,
      client_id: send.clientId,
      kind: "text",
      // As Postgres took it: half a surrogate pair has no bytes in UTF-8.
      body: send.body.toWellFormed(),
      author_id: send.authorId,
      username: row.username,
      display_name: row.display_name,
      created_at: row.created_at.toISOString(),
      edited_at: null,
      deleted_at: null,
      reply_to: send.replyTo ?? null,
      thread_root: send.threadRoot ?? null,
      pinned_at: null,
      pinned_by: null,
      reactions: null,
      thread: null,
    });
  });
}
