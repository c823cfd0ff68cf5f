import type { Message } from "#shared/messages.ts";
import type { Receipt } from "#shared/rooms.ts";

/** How far a message has come: committed, on somebody's device, before somebody's eyes. */
export type Standing = { state: "sent" | "delivered" | "read"; readers: Receipt[] };

/** What the others' watermarks say of a message. A watermark says nothing of its own author, nor of what was said before one came. */
export function standingOf(message: Message, receipts: ReadonlyMap<string, Receipt>, viewerId: string): Standing {
  // A node of before `fromSeq` does not tell it: then everybody was there.
  const wasThere = ({ fromSeq }: Receipt) => !(fromSeq >= message.seq);
  const others = [...receipts.values()].filter(
    (one) => one.userId !== message.author.id && one.userId !== viewerId && wasThere(one),
  );
  const readers = others
    .filter(({ lastReadSeq }) => lastReadSeq >= message.seq)
    .sort((a, b) => (b.readAt ?? "").localeCompare(a.readAt ?? ""));
  if (readers.length > 0) return { state: "read", readers };
  const isDelivered = others.some(({ lastDeliveredSeq }) => lastDeliveredSeq >= message.seq);
  return { state: isDelivered ? "delivered" : "sent", readers };
}

/**
 * Before a time at which a mark moved: nothing when it moved to this very message, "by " once it has moved past it. A
 * watermark remembers its last step alone, and an earlier message may have been read long before.
 */
export function byWord(mark: number, message: Pick<Message, "seq">): "" | "by " {
  return mark === message.seq ? "" : "by ";
}
