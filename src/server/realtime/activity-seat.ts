import type { ActivityEvent, Receipt } from "#shared/rooms.ts";
import type { Typing } from "./hints.ts";

/**
 * One `room.activity` of somebody. It hears only while it is proved: from the moment in which a membership of its person may
 * have ended until it was looked at again, nothing is put into it.
 */
export class ActivitySeat {
  readonly roomId: string;
  readonly userId: string;
  isProved = false;
  /** Its person was let in at the door. */
  hasEntered = false;
  /** It has not been told where everybody stands. */
  needsAll = true;
  readonly #onLeave: (seat: ActivitySeat) => void;
  #isAll = false;
  readonly #receipts = new Map<string, Receipt>();
  readonly #typing = new Map<string, Typing>();
  #failure: Error | null = null;
  #isOver = false;
  #wake: (() => void) | null = null;

  constructor(roomId: string, userId: string, onLeave: (seat: ActivitySeat) => void) {
    this.roomId = roomId;
    this.userId = userId;
    this.#onLeave = onLeave;
  }

  tellReceipts(receipts: Receipt[], isAll: boolean): void {
    if (this.#isOver || (!isAll && receipts.length === 0)) return;
    if (isAll) this.#receipts.clear();
    this.#isAll ||= isAll;
    for (const receipt of receipts) this.#receipts.set(receipt.userId, receipt);
    this.#wake?.();
  }

  /** Never to oneself, at whatever device. */
  tellTyping(typing: Typing): void {
    if (this.#isOver || !this.isProved || typing.userId === this.userId) return;
    this.#typing.set(`${typing.userId}:${typing.threadRoot}`, typing);
    this.#wake?.();
  }

  /** Everything that waits; waits for something. Null once the seat is left. Throws what it ended with. */
  async next(): Promise<ActivityEvent[] | null> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      if (this.#isOver) return null;
      const events = this.#take();
      if (events.length > 0) return events;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }

  #take(): ActivityEvent[] {
    const events: ActivityEvent[] = [];
    if (this.#isAll || this.#receipts.size > 0)
      events.push({ type: "receipts", isAll: this.#isAll, receipts: [...this.#receipts.values()] });
    for (const { userId, threadRoot } of this.#typing.values()) events.push({ type: "typing", userId, threadRoot });
    this.#isAll = false;
    this.#receipts.clear();
    this.#typing.clear();
    return events;
  }

  /** Ends the feed with a reason that reaches the client. What waited is dropped. */
  end(reason: Error): void {
    if (this.#isOver) return;
    this.#failure = reason;
    this.leave();
  }

  leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onLeave(this);
    this.#wake?.();
  }
}
