import type { Socket } from "node:net";
import { type Direction, holds, type Weather } from "./weather.ts";

/** What a lane holds before it stops reading: beyond it the sender finds its own buffers full, as on a real line. */
const HELD_MAX_BYTES = 64 * 1024;
/** A thin pipe lets through a slice at a time, this often in a second. */
const SLICES_PER_SECOND = 20;

export type Road = { readonly weather: Weather; readonly random: () => number };

/** One direction of one connection: bytes go in, and come out in order when the weather lets them. */
export class Lane {
  readonly direction: Direction;
  readonly #road: Road;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #write: (piece: Buffer) => void;
  #held: { chunk: Buffer; dueMs: number }[] = [];
  #heldBytes = 0;
  #hasEnded = false;
  #isStopped = false;
  #freeAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #onIdle: (() => void)[] = [];

  constructor(road: Road, direction: Direction, from: Socket, to: Socket, write: (piece: Buffer) => void) {
    this.#road = road;
    this.direction = direction;
    this.#from = from;
    this.#to = to;
    this.#write = write;
    from.on("data", (chunk) => this.#take(chunk as Buffer));
    from.on("end", () => {
      this.#hasEnded = true;
      this.pump();
    });
    to.on("drain", () => this.pump());
    from.resume();
  }

  get isBusy(): boolean {
    return this.#held.length > 0;
  }

  whenIdle(callback: () => void): void {
    this.#onIdle.push(callback);
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#held = [];
  }

  #take(chunk: Buffer): void {
    const { weather, random } = this.#road;
    const lagMs = weather.kind === "lag" ? weather.ms + random() * (weather.jitterMs ?? 0) : 0;
    const last = this.#held.at(-1)?.dueMs ?? 0;
    this.#held.push({ chunk, dueMs: Math.max(performance.now() + lagMs, last) });
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > HELD_MAX_BYTES) this.#from.pause();
    this.pump();
  }

  /** Lets out what is due. */
  pump(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (!this.#isStopped && !holds(this.#road.weather, this.direction)) {
      const next = this.#held[0];
      if (!next) return this.#idle();
      if (this.#to.destroyed || this.#to.writableNeedDrain) return;
      const { weather } = this.#road;
      const waitMs = Math.max(next.dueMs, weather.kind === "throttle" ? this.#freeAtMs : 0) - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.pump(), waitMs);
        return;
      }
      this.#letOut(weather.kind === "throttle" ? weather.bytesPerSecond : Number.POSITIVE_INFINITY);
    }
  }

  #letOut(bytesPerSecond: number): void {
    const next = this.#held[0];
    if (!next) return;
    const piece = next.chunk.subarray(0, Math.max(1, Math.floor(bytesPerSecond / SLICES_PER_SECOND)));
    next.chunk = next.chunk.subarray(piece.length);
    if (next.chunk.length === 0) this.#held.shift();
    this.#heldBytes -= piece.length;
    this.#freeAtMs = performance.now() + (piece.length / bytesPerSecond) * 1000;
    if (this.#heldBytes <= HELD_MAX_BYTES) this.#from.resume();
    this.#write(piece);
  }

  #idle(): void {
    if (this.#hasEnded && !this.#to.writableEnded) this.#to.end();
    for (const callback of this.#onIdle.splice(0)) callback();
  }
}
