import type { Message } from "#shared/messages.ts";

/** How long a message has to be on screen to count as seen. */
export const DWELL_MS = 600;

type Reach = { floor: number; hasOlder: boolean };

/** What was on screen, for long enough, while somebody could have looked. It knows no screen: it is told what is on it. */
export class ReadTracker {
  private readonly since = new Map<number, number>();
  private readonly seen = new Set<number>();

  hasSeen = (seq: number): boolean => this.seen.has(seq);

  /** What is on screen at this moment. */
  look(seqs: readonly number[], now: number): void {
    const here = new Set(seqs);
    for (const seq of [...this.since.keys()]) if (!here.has(seq)) this.since.delete(seq);
    for (const seq of here) {
      const since = this.since.get(seq) ?? now;
      this.since.set(seq, since);
      if (now - since >= DWELL_MS) this.seen.add(seq);
    }
  }

  /** Whoever answers has read what is before them, however short a moment it has been there. */
  saw(seqs: readonly number[]): void {
    for (const seq of seqs) this.seen.add(seq);
  }

  /** Nobody looks: another window, another tab, something lies above. What was being looked at begins anew. */
  away(): void {
    this.since.clear();
  }

  /** It is not: somebody marked it unread. */
  forget(): void {
    this.since.clear();
    this.seen.clear();
  }
}

type Standing = {
  /** The watermark as it stands. */
  read: number;
  messages: readonly Message[];
  reach: Reach;
  viewerId: string;
  hasSeen: (seq: number) => boolean;
};

/**
 * How far the watermark may go: over a run without a hole, from where it stands. One message that was not on screen stops
 * it, and so does a stretch that is not loaded: what nobody saw is never marked read. What is mine, deleted or said by
 * the room itself needs no looking at. Answers `read` when nothing of others was seen beyond it.
 */
export function readUpTo({ read, messages, reach, viewerId, hasSeen }: Standing): number {
  if (reach.hasOlder && reach.floor > read + 1) return read;
  let end = read;
  let isNews = false;
  for (const message of messages) {
    if (message.seq <= read) continue;
    if (needsEyes(message, viewerId)) {
      if (!hasSeen(message.seq)) break;
      isNews = true;
    }
    end = message.seq;
  }
  return isNews ? end : read;
}

/**
 * Whether one has come to the end past something that was not seen: what is on screen there was looked at for its moment, and
 * the first of what is unread lies out of sight. The watermark waits for it, and nothing but being told leads back to it.
 */
export function isPastUnread(standing: Standing, onScreen: readonly number[]): boolean {
  const { read, messages, reach, viewerId, hasSeen } = standing;
  const last = messages.at(-1)?.seq ?? 0;
  if (last <= read || !onScreen.includes(last) || !hasSeen(last)) return false;
  if (reach.hasOlder && reach.floor > read + 1) return true;
  const first = firstUnread(messages, read, viewerId);
  return first !== null && !onScreen.includes(first.seq);
}

/** Whether it counts as unread until somebody saw it. */
export function needsEyes(message: Message, viewerId: string): boolean {
  return message.author.id !== viewerId && message.kind !== "system" && message.deletedAt === null;
}

/** The first message that is unread after `read`; null when there is none among these. */
export function firstUnread(messages: readonly Message[], read: number, viewerId: string): Message | null {
  return messages.find((message) => message.seq > read && needsEyes(message, viewerId)) ?? null;
}
