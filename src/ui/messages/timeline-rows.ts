import type { Message } from "#shared/messages.ts";
import { dayOf } from "#ui/kit/clock.ts";

/** A row of the list: a day's name, or a message, with the author's name above it when it begins a group. */
export type TimelineRow =
  | { kind: "day"; key: string; day: string }
  | { kind: "message"; key: string; message: Message; isHead: boolean };

const GROUP_MS = 5 * 60_000;

/**
 * While there are older messages nobody knows where the first day begins, so it has no name yet. That also keeps the
 * first row's key: the list holds on to it while a page arrives above.
 */
export function timelineRows(messages: readonly Message[], zone: string, hasOlder: boolean): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let day = "";
  let before: Message | null = null;
  for (const message of messages) {
    const itsDay = dayOf(message.createdAt, zone);
    if (itsDay !== day) {
      if (before || !hasOlder) rows.push({ kind: "day", key: `day-${itsDay}`, day: itsDay });
      before = null;
    }
    day = itsDay;
    const isHead = message.kind === "text" && !continues(before, message.author.id, Date.parse(message.createdAt));
    rows.push({ kind: "message", key: message.id, message, isHead });
    before = message;
  }
  return rows;
}

/** Whether words of `authorId` at that moment belong to the group that `before` is in. */
export function continues(before: Message | null | undefined, authorId: string, atMs: number): boolean {
  return before?.kind === "text" && before.author.id === authorId && atMs - Date.parse(before.createdAt) < GROUP_MS;
}
