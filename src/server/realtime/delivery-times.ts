import type { WebSocket } from "ws";
import { Tally } from "#shared/durations.ts";
import type { Change } from "#shared/feed.ts";
import type { Metrics } from "./metrics.ts";

const ASK_EVERY_MS = 1_000;
const ANSWER_MS = 10_000;

/**
 * How long messages take from the database to the sockets, and to the other end of one of them.
 *
 * The other end is asked by a WebSocket ping, sent right behind a frame. A connection keeps its order, so the pong says that
 * everything before it has arrived and was taken off the wire; browsers answer by themselves, also in a tab that sleeps. It
 * includes the way back, so it is an upper bound. The watermark that clients send (`me.delivered`) would be the wrong
 * clock: it gathers for a second, and is not sent at all in a room that is being read. One socket a second is asked, so no
 * number of messages or of sockets makes this dearer.
 */
export class DeliveryTimes {
  /** How far the database's clock is ahead of ours: messages carry its time. Kept by reports.ts. */
  clockOffsetMs = 0;
  readonly written = new Tally();
  readonly acknowledged = new Tally();
  readonly #metrics: Pick<Metrics, "deliveryDelay" | "ackDelay" | "acksMissed">;
  readonly #asked = new WeakSet<WebSocket>();
  #asks = 0;
  #askAfterMs = 0;

  constructor(metrics: Pick<Metrics, "deliveryDelay" | "ackDelay" | "acksMissed">) {
    this.#metrics = metrics;
  }

  /** These were just written. `socketOf` finds one of those that they were written to. */
  wrote(changes: Change[], socketOf: () => WebSocket | null): void {
    let last: number | null = null;
    for (const change of changes) {
      // Only what is new: an edit carries the time of its message.
      if (change.type !== "message" || change.message.seq !== change.version) continue;
      last = Date.parse(change.message.createdAt);
      const ms = this.#since(last);
      this.#metrics.deliveryDelay.observe(ms / 1_000);
      this.written.add(ms);
    }
    if (last === null || performance.now() < this.#askAfterMs) return;
    const socket = socketOf();
    // One question at a time: on a lost line they would pile up, and be missed one by one.
    if (socket && !this.#asked.has(socket)) this.#ask(socket, last);
  }

  #since(takenAtMs: number): number {
    return Math.max(0, Date.now() + this.clockOffsetMs - takenAtMs);
  }

  #ask(socket: WebSocket, takenAtMs: number): void {
    this.#askAfterMs = performance.now() + ASK_EVERY_MS;
    const word = `ack ${++this.#asks}`;
    const onPong = (said: Buffer) => {
      if (said.toString() !== word) return;
      over();
      const ms = this.#since(takenAtMs);
      this.#metrics.ackDelay.observe(ms / 1_000);
      this.acknowledged.add(ms);
    };
    this.#asked.add(socket);
    const late = setTimeout(() => {
      over();
      this.#metrics.acksMissed.inc();
    }, ANSWER_MS).unref();
    const over = () => {
      clearTimeout(late);
      this.#asked.delete(socket);
      socket.off("pong", onPong).off("close", over);
    };
    socket.on("pong", onPong).once("close", over);
    socket.ping(word);
  }
}
