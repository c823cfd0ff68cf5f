import type { WebSocket } from "ws";
import { removed } from "../errors.ts";
import { frameStart, writeText } from "./frames.ts";
import type { Outflow } from "./outflow.ts";
import type { RoomChannel } from "./room-channel.ts";

export type Occupant = { userId: string; sessionId: string };

/**
 * One person's place at a room's feed. Made before anything is awaited (it pins the channel's ring, so that what is
 * announced meanwhile cannot be dropped), authorised, caught up by pages, and taken by the encoder (frames.ts).
 */
export class Seat {
  readonly occupant: Occupant;
  /** The room's number from which the ring is kept for this seat; null until the channel knows its room. */
  pinned: number | null;
  /** The pages are over, and the encoder takes the seat in a moment: the ring may lose nothing more. */
  isReady = false;
  /** The room's number at which membership was proved: a removal at or below it is an old story. */
  provedAt = 0;
  /** Settles when the seat ends: by the abort signal, or rejects with the reason that the client is told. */
  readonly ended: Promise<void>;

  readonly #channel: RoomChannel;
  #settle!: { resolve: () => void; reject: (reason: Error) => void };
  #isOver = false;
  #socket: WebSocket | null = null;
  #outflow: Outflow | null = null;
  /** How every frame of this seat begins. */
  #start: Buffer = Buffer.alloc(0);
  /** Where the client stands when the seat is taken: the end of its last page. */
  caughtUpTo = 0;
  /** Set while the socket does not read: the number up to which it was served. */
  #behindFrom: number | null = null;
  readonly #goOn = () => this.#catchUp();

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
    this.caughtUpTo = version;
    this.pinned = version;
    this.isReady = true;
    return true;
  }

  /** Called by the encoder: answers the frame for what the ring holds beyond the pages, and from now on the seat is live. */
  take(socket: WebSocket, outflow: Outflow, requestId: string): string {
    this.#socket = socket;
    this.#outflow = outflow;
    this.#start = kept(frameStart(requestId));
    const from = this.caughtUpTo;
    // The pages may be ahead of what this node has heard: without max the cursor would go backwards.
    const { cut, rest } = this.#channel.since(from, Math.max(from, this.#channel.head ?? 0), this);
    if (cut) this.end(removed());
    else if (!this.#isOver) this.#channel.sit(this);
    return frameStart(requestId) + rest;
  }

  /**
   * Writes what is the same for everybody, behind what is this seat's; `from` is where a client that misses it stands, `to`
   * where it leads. True when it was written: what the pages had already is not written again.
   */
  write(rest: Buffer, from: number, to: number): boolean {
    const socket = this.readingSocket;
    if (!socket || to <= this.caughtUpTo) return false;
    if (this.#outflow?.takesMore()) {
      writeText(socket, this.#start, rest);
      return true;
    }
    this.#behindFrom = from;
    this.#outflow?.whenDrained(this.#goOn);
    return false;
  }

  /** The socket, while it is open and takes what it is given. */
  get readingSocket(): WebSocket | null {
    const socket = this.#socket;
    return !socket || this.#isOver || this.#behindFrom !== null || socket.readyState !== socket.OPEN ? null : socket;
  }

  /** The socket has drained: serves it from the ring, or closes it when the ring has gone on without it. */
  #catchUp(): void {
    const from = this.#behindFrom;
    if (from === null || this.#isOver) return;
    if (!this.#channel.holds(from)) return this.#outflow?.overtaken();
    this.#behindFrom = null;
    const to = this.#channel.head ?? from;
    const { cut, rest } = this.#channel.since(from, to, this);
    this.write(Buffer.from(rest), from, to);
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

/** Bytes of their own: a slice of Node's pool would keep alive the 8 kB that it was cut from, most of it frames long gone. */
function kept(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
