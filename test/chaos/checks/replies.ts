import type { Check, Violation } from "../evidence.ts";
import type { SeenRow } from "../journal.ts";
import { isBatch, isPage } from "./asks.ts";

/** I6: a reply comes after what it answers, on every device; and what was deleted stays deleted, whatever is edited after. */
export const checkReplies: Check = (evidence) => {
  const places = new Map(evidence.ledger.messages.map(({ id, seq }) => [id, seq]));
  const rows = evidence.journal.flatMap((entry) =>
    isBatch(entry) || isPage(entry)
      ? entry.rows.map((row) => ({ ...row, device: entry.device, roomId: entry.roomId }))
      : [],
  );
  return [...orphans(rows, places), ...risen(rows)];
};

type Seen = SeenRow & { device: string; roomId: string };

const violation = (message: string, { roomId, id }: Seen): Violation => ({
  invariant: "I6",
  message,
  about: { roomId, messageId: id },
});

/** The number of a parent is below its child's: whoever has read up to the child has been given the parent, or has it further up. */
function orphans(rows: Seen[], places: Map<string, number>): Violation[] {
  return rows.flatMap((row) => {
    const parent = [row.threadRoot, row.replyTo].find(
      (id) => id && (places.get(id) ?? Number.POSITIVE_INFINITY) >= (row.seq ?? 0),
    );
    return parent ? [violation(`${row.device} was given a reply (seq ${row.seq}) before what it answers`, row)] : [];
  });
}

function risen(rows: Seen[]): Violation[] {
  const deletedAt = new Map<string, number>();
  for (const { id, version, isDeleted } of rows)
    if (isDeleted) deletedAt.set(id, Math.min(version, deletedAt.get(id) ?? version));
  return rows.flatMap((row) =>
    row.type === "message" && !row.isDeleted && row.version > (deletedAt.get(row.id) ?? Number.POSITIVE_INFINITY)
      ? [
          violation(
            `a message was deleted at ${deletedAt.get(row.id)}, and ${row.device} was given it alive at ${row.version}`,
            row,
          ),
        ]
      : [],
  );
}
