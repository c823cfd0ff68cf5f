import { TYPING_SHOWN_MS } from "#shared/limits.ts";
import type { ActivityEvent, Receipt } from "#shared/rooms.ts";
import type { Typing } from "./hints.ts";
import { Mailbox } from "./mailbox.ts";

/**
 * The mailbox of one `room.activity`. It hears only while it is proved: from the moment in which a membership of its person may
 * have ended until it was looked at again, nothing is put into it.
 */
export class ActivitySeat extends Mailbox<ActivityEvent> {
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
  readonly #typing = new Map<string, Typing & { atMs: number }>();

  constructor(roomId: string, userId: string, onLeave: (seat: ActivitySeat) => void) {
    super();
    this.roomId = roomId;
    this.userId = userId;
    this.#onLeave = onLeave;
  }

  tellReceipts(receipts: Receipt[], isAll: boolean): void {
    if (this.isOver || (!isAll && receipts.length === 0)) return;
    if (isAll) this.#receipts.clear();
    this.#isAll ||= isAll;
    for (const receipt of receipts) this.#receipts.set(receipt.userId, receipt);
    this.ring();
  }

  /** Never to oneself, at whatever device. */
  tellTyping(typing: Typing): void {
    if (this.isOver || !this.isProved || typing.userId === this.userId) return;
    this.#forgetStale();
    this.#typing.set(`${typing.userId}:${typing.threadRoot}`, { ...typing, atMs: performance.now() });
    this.ring();
  }

  /** To a reader who was behind, who typed minutes ago types no more. */
  #forgetStale(): void {
    const nowMs = performance.now();
    for (const [key, { atMs }] of this.#typing) if (nowMs - atMs > TYPING_SHOWN_MS) this.#typing.delete(key);
  }

  protected take(): ActivityEvent[] {
    this.#forgetStale();
    const events: ActivityEvent[] = [];
    if (this.#isAll || this.#receipts.size > 0)
      events.push({ type: "receipts", isAll: this.#isAll, receipts: [...this.#receipts.values()] });
    for (const { userId, threadRoot } of this.#typing.values()) events.push({ type: "typing", userId, threadRoot });
    this.#isAll = false;
    this.#receipts.clear();
    this.#typing.clear();
    return events;
  }

  protected onEnd(): void {
    this.#onLeave(this);
  }
}
