import type pg from "pg";
import { hasSqlState, isUnreachable, SQLSTATE } from "../db/sqlstate.ts";
import { DomainError } from "../errors.ts";
import { log } from "../log.ts";
import type { Metrics } from "./metrics.ts";
import { Rounds } from "./rounds.ts";
import { unavailable } from "./send-outcomes.ts";

export type Mark = { roomId: string; seq: number; isRead: boolean };

type Waiting = {
  roomId: string;
  userId: string;
  read: number;
  delivered: number;
  settled: Promise<void>;
  resolve: () => void;
  reject: (reason: Error) => void;
};

/** The most rows in a commit. */
const BATCH_MAX = 500;
/** Reading must not compete with sending for the lock that NOTIFY takes: ten commits a second, however many people scroll. */
const PAUSE_MS = 100;
const WAITING_MAX = 20_000;
/** The most rooms of one person that wait: nobody fills the queue alone. */
const PER_PERSON_MAX = 1_000;
const BUSY_RETRY_MS = 1_000;
const ATTEMPTS = 3;
const RESTARTING = "The server is restarting. What you have read is marked later.";

const ADVANCE = {
  name: "receipt-advance",
  text: "select receipt_advance($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[])",
};

/** Watermarks share commits, as sends do (R8). Of one person in one room only the furthest is written. */
export class ReceiptQueue {
  readonly #db: pg.Pool;
  readonly #metrics: Pick<Metrics, "receiptBatchSize" | "receiptCommit">;
  readonly #rounds = new Rounds("receipts", () => this.#flush());
  readonly #waiting = new Map<string, Waiting>();
  readonly #perPerson = new Map<string, number>();
  #isClosed = false;

  constructor(db: pg.Pool, metrics: Pick<Metrics, "receiptBatchSize" | "receiptCommit">) {
    this.#db = db;
    this.#metrics = metrics;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Moves somebody's watermarks forward; settles after COMMIT. A room that is not theirs is not marked, and they do not
   * hear of it. TOO_BUSY, UNAVAILABLE.
   */
  async advance(userId: string, marks: Mark[]): Promise<void> {
    if (this.#isClosed) throw unavailable(RESTARTING);
    const mine = (this.#perPerson.get(userId) ?? 0) + marks.length;
    if (mine > PER_PERSON_MAX || this.#waiting.size + marks.length > WAITING_MAX)
      throw new DomainError("TOO_BUSY", "The server is busy. What you have read is marked in a moment.", {
        retryAfterMs: BUSY_RETRY_MS,
      });
    const settled = marks.map((mark) => this.#add(userId, mark).settled);
    this.#rounds.ask();
    await Promise.all(settled);
  }

  /** Settles when what somebody marked in a room so far is written, so that "mark unread" is not undone by a mark on its way. */
  written(userId: string, roomId: string): Promise<void> {
    return this.advance(userId, [{ roomId, seq: 0, isRead: false }]);
  }

  #add(userId: string, { roomId, seq, isRead }: Mark): Waiting {
    const key = `${roomId}:${userId}`;
    let waiting = this.#waiting.get(key);
    if (!waiting) {
      const { promise: settled, resolve, reject } = deferred();
      waiting = { roomId, userId, read: 0, delivered: 0, settled, resolve, reject };
      this.#waiting.set(key, waiting);
      this.#perPerson.set(userId, (this.#perPerson.get(userId) ?? 0) + 1);
    }
    waiting.delivered = Math.max(waiting.delivered, seq);
    if (isRead) waiting.read = Math.max(waiting.read, seq);
    return waiting;
  }

  #take(): Waiting[] {
    const batch: Waiting[] = [];
    for (const [key, waiting] of this.#waiting) {
      if (batch.length === BATCH_MAX) break;
      this.#waiting.delete(key);
      const left = (this.#perPerson.get(waiting.userId) ?? 1) - 1;
      if (left > 0) this.#perPerson.set(waiting.userId, left);
      else this.#perPerson.delete(waiting.userId);
      batch.push(waiting);
    }
    return batch;
  }

  async #flush(): Promise<number> {
    const batch = this.#take();
    if (batch.length === 0) return 0;
    try {
      const committed = this.#metrics.receiptCommit.startTimer();
      await this.#write(batch);
      committed();
      this.#metrics.receiptBatchSize.observe(batch.length);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      log().warn({ error: String(error), marks: batch.length }, "receipts.failed");
      const refusal =
        isUnreachable(error) || hasSqlState(error, SQLSTATE.LOCK_NOT_AVAILABLE)
          ? unavailable("The server can't reach its database. What you have read is marked later.", error)
          : new DomainError("INTERNAL", "Something went wrong on the server. Try again.", { cause: error });
      for (const { reject } of batch) reject(refusal);
    }
    if (this.#waiting.size > 0) this.#rounds.ask();
    return PAUSE_MS;
  }

  async #write(batch: Waiting[]): Promise<void> {
    const values = [
      batch.map(({ roomId }) => roomId),
      batch.map(({ userId }) => userId),
      batch.map(({ read }) => read),
      batch.map(({ delivered }) => delivered),
    ];
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#db.query({ ...ADVANCE, values });
        return;
      } catch (error) {
        // Somebody who joins many rooms at once begins their receipts in another order than ours.
        const isRace = hasSqlState(error, SQLSTATE.DEADLOCK_DETECTED, SQLSTATE.SERIALIZATION_FAILURE);
        if (!isRace || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Writes what waits and takes no more: the last thing to do before the pool closes. */
  async stop(): Promise<void> {
    this.#isClosed = true;
    await this.#rounds.stop(WAITING_MAX / BATCH_MAX);
    for (const { reject } of this.#waiting.values()) reject(unavailable(RESTARTING));
    this.#waiting.clear();
  }
}

function deferred() {
  let resolve = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
