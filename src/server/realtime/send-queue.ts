import type pg from "pg";
import { newId } from "#shared/ids.ts";
import type { Message, SentMessage } from "#shared/messages.ts";
import { forgetAllowanceAsSystem } from "../db/allowances.ts";
import { breaks, hasSqlState, isUnreachable, SQLSTATE } from "../db/sqlstate.ts";
import { DomainError, messageBlank } from "../errors.ts";
import { log } from "../log.ts";
import { HeldRooms } from "./held-rooms.ts";
import type { Metrics } from "./metrics.ts";
import {
  ANEW_MS,
  type AnswerRow,
  answersIn,
  type BatchAnswers,
  failure,
  metAClockThatWentBack,
  newMessages,
  type OutcomeRow,
  refusal,
  roomHeld,
  unavailable,
} from "./send-outcomes.ts";

/**
 * Sends share commits (R8). NOTIFY takes a lock on the whole instance that is held through the commit's flush, so the
 * ceiling of a chat on Postgres is notifying commits per second, not messages. While one batch is in flight whatever
 * else arrives waits for the next: no timer, so a lone send is not delayed, and under load the batches grow by themselves.
 *
 * A send is answered only after COMMIT (R7), each with its own outcome. Whatever is unknown (a lost connection in
 * mid-commit) is asked again: the same (author, clientId) answers the same row.
 */
export type Send = {
  roomId: string;
  authorId: string;
  clientId: string;
  body: string;
  replyTo?: string | undefined;
  threadRoot?: string | undefined;
  /** Usernames that the body calls, as the parser found them; "*" is @room. */
  mentions?: readonly string[] | undefined;
};

type Waiting = Send & { id: string; resolve: (sent: SentMessage) => void; reject: (error: Error) => void };

/** What a batch has committed, and the sessions that it saw ended. `term` is the newsroom's of before Postgres was asked. */
export type Offer = { messages: Message[]; revoked: string[]; term: number | null };

/** Who tells others what was committed here: the hub. */
export type Newsroom = { readonly term: number | null; offer(news: Offer): void };

/** The most rows in a commit: beyond it the cost per row no longer falls (measured: engine notes in docs/performance.md). */
const BATCH_MAX = 200;
/** The most that wait. At 5,000 sends a second this is a second's worth; beyond it somebody should hear "busy" now. */
const QUEUE_MAX = 5_000;
/** The most of one person that wait: nobody fills the queue alone. */
const PER_AUTHOR_MAX = 500;
const BUSY_RETRY_MS = 1_000;
/** A batch is asked again while Postgres does not answer, for about as long as it takes to restart. A Postgres that is
 * silent rather than gone is waited for once, by the pool's query timeout. */
const UNREACHABLE_MS = 4_000;
const UNREACHABLE_PAUSE_MS = 500;

const SEND_BATCH = {
  name: "send-batch",
  text: "select * from message_send_batch($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9, $10)",
};

export type SendQueueOptions = { messageMaxLength: number; messagesPerMinute: number; queueMax?: number };

export class SendQueue {
  readonly #db: pg.Pool;
  readonly #metrics: Metrics;
  readonly #opts: SendQueueOptions;
  readonly #newsroom: Newsroom | null;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  /** Sends of each person that have not been answered. */
  readonly #unanswered = new Map<string, number>();
  readonly #held: HeldRooms;
  #isClosed = false;

  constructor(db: pg.Pool, metrics: Metrics, opts: SendQueueOptions, newsroom: Newsroom | null = null) {
    this.#db = db;
    this.#newsroom = newsroom;
    this.#held = new HeldRooms(db);
    this.#metrics = metrics;
    this.#opts = opts;
  }

  /** Sends that wait for the batch in flight. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Settles after COMMIT with the row that stands, or rejects with a DomainError. */
  async send(send: Send): Promise<SentMessage> {
    if (this.#isClosed) throw unavailable("The server is restarting. Your message waits on your device.");
    const mine = this.#unanswered.get(send.authorId) ?? 0;
    if (mine >= PER_AUTHOR_MAX || this.#waiting.length >= (this.#opts.queueMax ?? QUEUE_MAX)) {
      this.#metrics.sends.inc({ outcome: "TOO_BUSY" });
      throw new DomainError("TOO_BUSY", "The server is busy. Your message waits and goes out in a moment.", {
        retryAfterMs: BUSY_RETRY_MS,
      });
    }
    this.#unanswered.set(send.authorId, mine + 1);
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.push({ ...send, id: newId(), resolve, reject });
        this.#flushing ??= this.#flushAll();
      });
    } finally {
      const left = (this.#unanswered.get(send.authorId) ?? 1) - 1;
      if (left > 0) this.#unanswered.set(send.authorId, left);
      else this.#unanswered.delete(send.authorId);
    }
  }

  /** Takes no more, and refuses what has not been given to Postgres yet: its author's device keeps it and asks again. */
  close(): void {
    this.#isClosed = true;
    const error = unavailable("The server is restarting. Your message waits on your device.");
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }

  /** Settles when nothing waits: the last thing to do before the pool closes. */
  async drained(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    // One turn of the loop, so that the calls of one frame, and of all sockets that were read in this turn, go together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      if (this.#held.hasAny(roomsOf(batch))) await this.#settleWithoutHeld(batch, "first");
      else await this.#settle(batch, "first");
    }
    this.#flushing = null;
  }

  /**
   * The first that wait, each key once: whoever repeats one that is in the batch waits for the next, and is answered with what
   * became of the first. Nobody waits behind them.
   */
  #nextBatch(): Waiting[] {
    const keys = new Set<string>();
    const batch: Waiting[] = [];
    const repeats: Waiting[] = [];
    let looked = 0;
    for (; looked < this.#waiting.length && batch.length < BATCH_MAX; looked++) {
      const waiting = this.#waiting[looked] as Waiting;
      const key = waiting.authorId + waiting.clientId;
      (keys.has(key) ? repeats : batch).push(waiting);
      keys.add(key);
    }
    this.#waiting.splice(0, looked, ...repeats);
    return batch;
  }

  /** Settles every send of the batch, whatever happens: nobody is left waiting. */
  async #settle(batch: Waiting[], attempt: "first" | "repeated"): Promise<void> {
    const term = this.#newsroom?.term ?? null;
    const committed = this.#metrics.commit.startTimer();
    let answers: BatchAnswers;
    try {
      answers = await this.#ask(batch);
    } catch (error) {
      return this.#settleAfter(error, batch, attempt);
    }
    committed();
    this.#metrics.batchSize.observe(batch.length);
    const { rows, revoked } = answers;
    const anew = metAClockThatWentBack(batch, rows);
    for (const authorId of anew) this.#forgetBucket(authorId);
    for (const [place, waiting] of batch.entries()) this.#answer(waiting, rows[place], anew.has(waiting.authorId));
    this.#newsroom?.offer({ messages: newMessages(batch, rows), revoked, term });
  }

  async #settleAfter(error: unknown, batch: Waiting[], attempt: "first" | "repeated"): Promise<void> {
    const isRace = hasSqlState(
      error,
      SQLSTATE.UNIQUE_VIOLATION,
      SQLSTATE.DEADLOCK_DETECTED,
      SQLSTATE.SERIALIZATION_FAILURE,
    );
    const isHeld = hasSqlState(error, SQLSTATE.LOCK_NOT_AVAILABLE);
    if (isHeld && attempt === "first") return this.#settleWithoutHeld(batch, "repeated");
    // The same key racing in from another node, or a deadlock with somebody at a console: asked again, it is judged anew.
    if (isRace && attempt === "first") return this.#settle(batch, "repeated");
    // Halving what waits for a lock would wait for it at every step.
    if (isUnreachable(error) || isHeld || batch.length === 1) return this.#refuse(batch, error);
    // One row that Postgres will not take must not fail its neighbours: halve until it stands alone.
    const middle = Math.ceil(batch.length / 2);
    await this.#settle(batch.slice(0, middle), "repeated");
    await this.#settle(batch.slice(middle), "repeated");
  }

  /** Refuses who sends to a room that somebody holds, and settles the rest. */
  async #settleWithoutHeld(batch: Waiting[], attempt: "first" | "repeated"): Promise<void> {
    // A Postgres that does not answer this does not answer the batch either, which knows what to do about it.
    const look = attempt === "first" ? this.#held.still(roomsOf(batch)) : this.#held.among(roomsOf(batch));
    const held = await look.catch(() => new Set<string>());
    const refused = batch.filter(({ roomId }) => held.has(roomId));
    if (refused.length > 0) {
      log().warn({ sends: refused.length }, "send.room_held");
      this.#metrics.sends.inc({ outcome: "held" }, refused.length);
      for (const { reject } of refused) reject(roomHeld());
    }
    const rest = batch.filter(({ roomId }) => !held.has(roomId));
    if (rest.length > 0) await this.#settle(rest, attempt);
  }

  async #ask(batch: Waiting[]): Promise<BatchAnswers> {
    const values = [
      batch.map((send) => send.roomId),
      batch.map((send) => send.authorId),
      batch.map((send) => send.clientId),
      batch.map((send) => send.id),
      batch.map((send) => send.body),
      batch.map((send) => send.replyTo ?? null),
      batch.map((send) => send.threadRoot ?? null),
      batch.map((send) => send.mentions?.join(",") || null),
      this.#opts.messageMaxLength,
      this.#opts.messagesPerMinute,
    ];
    // Not by the wall clock: put right by two hours meanwhile, it would give up at once, or not for two hours.
    const giveUpAtMs = performance.now() + UNREACHABLE_MS;
    for (;;) {
      try {
        return answersIn((await this.#db.query<AnswerRow>({ ...SEND_BATCH, values })).rows);
      } catch (error) {
        if (!isUnreachable(error) || performance.now() > giveUpAtMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, UNREACHABLE_PAUSE_MS));
      }
    }
  }

  #answer(waiting: Waiting, row: OutcomeRow | undefined, isAnew: boolean): void {
    if (!row) return this.#refuse([waiting], new Error("The batch answered too few rows."));
    this.#metrics.sends.inc({ outcome: row.outcome });
    if (row.outcome === "new" || row.outcome === "repeat") {
      waiting.resolve({ id: row.id, seq: row.seq, version: row.version, createdAt: row.created_at.toISOString() });
      return;
    }
    const retryAfterMs = isAnew ? ANEW_MS : row.retry_after_ms;
    waiting.reject(refusal(row.outcome, retryAfterMs, this.#opts.messageMaxLength));
  }

  #forgetBucket(authorId: string): void {
    forgetAllowanceAsSystem(this.#db, `send:${authorId}`).catch((error) =>
      log().warn({ error: String(error) }, "send.clock_went_back"),
    );
  }

  #refuse(batch: Waiting[], cause: unknown): void {
    if (breaks(cause, "message_body_present")) {
      for (const { reject } of batch) reject(messageBlank(cause));
      return;
    }
    const told = failure(cause);
    log()[told.code === "INTERNAL" ? "error" : "warn"]({ error: String(cause), sends: batch.length }, "send.failed");
    this.#metrics.sends.inc({ outcome: "failed" }, batch.length);
    for (const waiting of batch) waiting.reject(told);
  }
}

const roomsOf = (batch: readonly Waiting[]): string[] => [...new Set(batch.map(({ roomId }) => roomId))];
