import type { WebSocket } from "ws";

/** Over this, a socket is behind: it gets nothing more until it has read what it has (R10). */
const BEHIND_BYTES = 256 * 1024;
const CAUGHT_UP_BYTES = 64 * 1024;
/**
 * Answers are not ours to hold back. Somebody who asks for them and does not read is cut off here; one who is merely slow
 * comes back and resumes by the cursor that reached him.
 */
const DROWNING_BYTES = 16 * 1024 * 1024;
/** A socket behind that reads nothing for this long is closed. It resumes by its cursor when it comes back. */
const STUCK_MS = 30_000;

/** Closed for not reading. Among the private codes (4000–4999); the client reconnects at once. */
export const CLOSE_TOO_SLOW = 4408;

/** Why a socket was closed: it took nothing for too long, it had more than we hold, or the ring went on without it. */
export type Eviction = "stuck" | "drowning" | "overtaken";

/**
 * How one socket takes what it is given (R10). Whoever writes without being asked looks here first. Behind the bound
 * nothing more is written: a room's seat waits for the ring, a personal feed gathers in its mailbox, catch-up pages stay in
 * the table; and all go on from where the reader is once the socket has drained.
 */
export class Outflow {
  readonly #socket: WebSocket;
  readonly #onEviction: (why: Eviction) => void;
  readonly #waiting = new Set<() => void>();
  /** Set while the socket is behind: the least that has waited in it, and since when. */
  #low: { bytes: number; atMs: number } | null = null;

  constructor(socket: WebSocket, onEviction: (why: Eviction) => void = () => {}) {
    this.#socket = socket;
    this.#onEviction = onEviction;
  }

  get isBehind(): boolean {
    return this.#low !== null;
  }

  /** True when more may be written. After a no, ask again when `whenDrained` calls. */
  takesMore(): boolean {
    if (this.#low) return false;
    const bytes = this.#socket.bufferedAmount;
    if (bytes <= BEHIND_BYTES) return true;
    this.#low = { bytes, atMs: performance.now() };
    return false;
  }

  /** Calls once, when the socket has drained or is gone. The same function waits once, however often it is given. */
  whenDrained(goOn: () => void): void {
    this.#waiting.add(goOn);
  }

  /** Settles when more may be written, at once if it may, or when the socket is gone. */
  async drained(): Promise<void> {
    while (!this.takesMore() && this.#socket.readyState === this.#socket.OPEN)
      await new Promise<void>((resolve) => this.whenDrained(resolve));
  }

  /** Before an answer goes out that somebody asked for. */
  assertAfloat(): void {
    if (this.#socket.bufferedAmount > DROWNING_BYTES) this.#evict("drowning");
  }

  /**
   * Looks again at a socket that was behind: lets those go on who wait for it, or cuts it off. `nowMs` is monotonic: a wall
   * clock that is put back by hours would keep a socket that does not read for as long.
   */
  look(nowMs = performance.now()): void {
    if (!this.#low) return;
    const bytes = this.#socket.bufferedAmount;
    if (bytes < this.#low.bytes) this.#low = { bytes, atMs: nowMs };
    if (nowMs - this.#low.atMs > STUCK_MS) return this.#evict("stuck");
    if (bytes > CAUGHT_UP_BYTES) return;
    this.#low = null;
    this.release();
  }

  /** Lets everybody go on. Whoever finds the socket full again waits again. */
  release(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const goOn of waiting) goOn();
  }

  /** For a seat whose ring has gone on without it: the client comes back and reads the table. */
  overtaken(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#onEviction("overtaken");
    this.#socket.close(CLOSE_TOO_SLOW, "You were too far behind. Come back.");
  }

  #evict(why: Eviction): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#onEviction(why);
    this.#socket.terminate();
  }
}
