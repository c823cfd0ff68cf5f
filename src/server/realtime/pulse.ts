import type { WebSocket } from "ws";
import { PING_MS, PONG_WITHIN_MS } from "#shared/limits.ts";
import { bytesWrittenTo } from "./frames.ts";

/** A question stands in line behind what was written before it: for a phone on a thin line that is a while (R10). */
const PONG_BEHIND_MS = 30_000;

/**
 * Whether somebody is still at the other end. A pulled cable tells nobody, so a socket that has been still for a while is
 * asked, and cut off when no answer comes. Instead of tRPC's own, which gives a slow reader no longer than an idle one.
 */
export class Pulse {
  readonly #socket: WebSocket;
  #heardAtMs = performance.now();
  #askedAtMs: number | null = null;
  #bytesWhenHeard = 0;
  #bytesWhenAsked = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    const hear = () => {
      this.#heardAtMs = performance.now();
      this.#askedAtMs = null;
      this.#bytesWhenHeard = bytesWrittenTo(socket);
    };
    socket.on("message", hear).on("pong", hear);
  }

  /** Asks, or gives up. To be called now and then, with a monotonic time. */
  look(nowMs: number): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#askedAtMs === null) {
      if (nowMs - this.#heardAtMs < PING_MS) return;
      this.#askedAtMs = nowMs;
      this.#bytesWhenAsked = bytesWrittenTo(this.#socket);
      this.#socket.ping();
      return;
    }
    const hasMuchToRead = this.#socket.bufferedAmount > 0 || this.#bytesWhenAsked > this.#bytesWhenHeard;
    if (nowMs - this.#askedAtMs > (hasMuchToRead ? PONG_BEHIND_MS : PONG_WITHIN_MS)) this.#socket.terminate();
  }
}
