import type { Message } from "#shared/messages.ts";
import { dayOf } from "#ui/kit/clock.ts";
import { firstUnread } from "./read-tracker.ts";

/** A row of the list: a day's name, where the unread begins, or a message, with the author's name above it when it begins a group. */
export type TimelineRow =
  | { kind: "day"; key: string; day: string }
  | { kind: "fresh"; key: string }
  | { kind: "message"; key: string; message: Message; isHead: boolean; quoted: Message | null };

export type RowOptions = {
  zone: string;
  hasOlder: boolean;
  /** Every row that is known, to quote from. */
  known: ReadonlyMap<string, Message>;
  /** Where reading had stopped (`useUnread`); null when nothing was unread. */
  readUntil: number | null;
  viewerId: string;
};

const GROUP_MS = 5 * 60_000;

/**
 * While there are older messages nobody knows where the first day begins, so it has no name yet. That also keeps the
 * first row's key: the list holds on to it while a page arrives above.
 */
export function timelineRows(messages: readonly Message[], options: RowOptions): TimelineRow[] {
  const { zone, hasOlder, known, readUntil, viewerId } = options;
  const rows: TimelineRow[] = [];
  const fresh = readUntil === null ? null : firstUnread(messages, readUntil, viewerId);
  let day = "";
  let before: Message | null = null;
  for (const message of messages) {
    const itsDay = dayOf(message.createdAt, zone);
    if (itsDay !== day) {
      if (before || !hasOlder) rows.push({ kind: "day", key: `day-${itsDay}`, day: itsDay });
      before = null;
    }
    day = itsDay;
    if (message === fresh) {
      rows.push({ kind: "fresh", key: "fresh" });
      before = null;
    }
    const isHead = message.kind === "text" && !continues(before, message.author.id, Date.parse(message.createdAt));
    const quoted = message.replyTo === null ? null : (known.get(message.replyTo) ?? null);
    rows.push({ kind: "message", key: message.id, message, isHead, quoted });
    before = message;
  }
  return rows;
}

/** Whether words of `authorId` at that moment belong to the group that `before` is in. */
export function continues(before: Message | null | undefined, authorId: string, atMs: number): boolean {
  return before?.kind === "text" && before.author.id === authorId && atMs - Date.parse(before.createdAt) < GROUP_MS;
}
