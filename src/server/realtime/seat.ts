import type { WebSocket } from "ws";
import { removed } from "../errors.ts";
import { frameStart, writeText } from "./frames.ts";
import type { RoomChannel } from "./room-channel.ts";

/** Over this, a socket is behind: it gets nothing more until it has read what it has (R10). */
const BEHIND_BYTES = 256 * 1024;
const CAUGHT_UP_BYTES = 64 * 1024;
/** A socket behind that reads nothing for this long is closed. It resumes by its cursor when it comes back. */
const STUCK_MS = 30_000;

/** Closed for not reading. Among the private codes (4000–4999); the client reconnects at once. */
export const CLOSE_TOO_SLOW = 4408;

export type Occupant = { userId: string; sessionId: string };

/**
 * One person's place at a room's feed. Made before anything is awaited (it pins the channel's ring, so that what is
 * announced meanwhile cannot be dropped), authorised, caught up by pages, and taken by the encoder (frames.ts).
 */
export class Seat {
  readonly occupant: Occupant;
  /** The room's number from which the ring is kept for this seat; null until the channel knows its room. */
  pinned: number | null;
  /** The room's number at which membership was proved: a removal at or below it is an old story. */
  provedAt = 0;
  /** Settles when the seat ends: by the abort signal, or rejects with the reason that the client is told. */
  readonly ended: Promise<void>;

  readonly #channel: RoomChannel;
  #settle!: { resolve: () => void; reject: (reason: Error) => void };
  #isOver = false;
  #socket: WebSocket | null = null;
  /** How every frame of this seat begins. */
  #start: Buffer = Buffer.alloc(0);
  /** Where the client stands when the seat is taken: the end of its last page. */
  #caughtUpTo = 0;
  /** Set while the socket does not read: the number up to which it was served. */
  #behindFrom: number | null = null;
  #lastProgress = { bytes: 0, atMs: 0 };

  constructor(channel: RoomChannel, occupant: Occupant, signal: AbortSignal | undefined) {
    this.#channel = channel;
    this.occupant = occupant;
    this.pinned = channel.head;
    this.ended = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Somebody may end the seat before anybody awaits its end.
    this.ended.catch(() => {});
    // On abort, not only when the generator is disposed: nothing may be written after a stop.
    signal?.addEventListener("abort", () => this.leave(), { once: true });
    if (signal?.aborted) this.leave();
  }

  /**
   * True when the ring can serve a client that stands at `version`: no more pages are needed, and the next thing that the
   * generator yields is this seat. From this moment the ring is kept from there.
   */
  isCaughtUp(version: number): boolean {
    if (!this.#channel.holds(version)) return false;
    this.#caughtUpTo = version;
    this.pinned = Math.min(this.pinned ?? version, version);
    return true;
  }

  /** Called by the encoder: answers the frame for what the ring holds beyond the pages, and from now on the seat is live. */
  take(socket: WebSocket, requestId: string): string {
    this.#socket = socket;
    this.#start = Buffer.from(frameStart(requestId));
    const from = this.#caughtUpTo;
    // The pages may be ahead of what this node has heard: without max the cursor would go backwards.
    const { cut, rest } = this.#channel.since(from, Math.max(from, this.#channel.head ?? 0), this);
    if (cut) this.end(removed());
    else if (!this.#isOver) this.#channel.sit(this);
    return frameStart(requestId) + rest;
  }

  /** Writes what is the same for everybody, behind what is this seat's; `from` is where a client that misses it stands. */
  write(rest: Buffer, from: number): void {
    const socket = this.#socket;
    if (!socket || this.#isOver || socket.readyState !== socket.OPEN) return;
    if (this.#behindFrom !== null) return;
    if (socket.bufferedAmount > BEHIND_BYTES) {
      this.#behindFrom = from;
      this.#lastProgress = { bytes: socket.bufferedAmount, atMs: Date.now() };
      this.#channel.behind.add(this);
      return;
    }
    writeText(socket, this.#start, rest);
  }

  /** Looks again at a socket that was behind: serves it from the ring, or closes it when the ring or its time is over. */
  catchUp(nowMs = Date.now()): void {
    const socket = this.#socket;
    const from = this.#behindFrom;
    if (!socket || from === null || this.#isOver) return;
    if (socket.bufferedAmount < this.#lastProgress.bytes)
      this.#lastProgress = { bytes: socket.bufferedAmount, atMs: nowMs };
    if (nowMs - this.#lastProgress.atMs > STUCK_MS) return socket.terminate();
    if (socket.bufferedAmount > CAUGHT_UP_BYTES) return;
    if (!this.#channel.holds(from)) return socket.close(CLOSE_TOO_SLOW, "You were too far behind. Come back.");
    this.#behindFrom = null;
    this.#channel.behind.delete(this);
    const { cut, rest } = this.#channel.since(from, this.#channel.head ?? from, this);
    this.write(Buffer.from(rest), from);
    if (cut) this.end(removed());
  }

  /** Ends the feed with a reason that reaches the client. The socket lives on. */
  end(reason: Error): void {
    if (this.#isOver) return;
    this.#channel.leave(this);
    this.#isOver = true;
    this.#settle.reject(reason);
  }

  /** The client went, or unsubscribed. */
  leave(): void {
    if (this.#isOver) return;
    this.#channel.leave(this);
    this.#isOver = true;
    this.#settle.resolve();
  }
}
