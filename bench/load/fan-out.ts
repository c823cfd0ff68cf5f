import { bodyOf, type Peer } from "../plan.ts";
import type { Crowd } from "./crowd.ts";
import type { Writer } from "./writer.ts";

export type FanOutAsk = { peer: Peer; changes: number; forMs: number; minTicks: number };
export type FanOutSeen = { ticks: number; frames: number; bytes: number };

const TICK_WITHIN_MS = 15_000;

/**
 * Ticks, one after another: some changes happen in the room, and the next tick begins when the last socket has the last of
 * them. Closed loop, so that no server is measured while it drowns.
 */
export class FanOut {
  readonly #crowd: Crowd;
  readonly #writer: Writer | null;
  #number = 0;

  constructor(crowd: Crowd, writer: Writer | null) {
    this.#crowd = crowd;
    this.#writer = writer;
  }

  async run({ peer, changes, forMs, minTicks }: FanOutAsk): Promise<FanOutSeen> {
    const seen: FanOutSeen = { ticks: 0, frames: 0, bytes: 0 };
    const until = performance.now() + forMs;
    while (seen.ticks < minTicks || performance.now() < until) {
      await this.#tick(seen, changes, peer === "ws-bundled");
      seen.ticks++;
    }
    return seen;
  }

  async #tick(seen: FanOutSeen, count: number, isBundled: boolean): Promise<void> {
    const first = this.#number + 1;
    this.#number += count;
    const wanted = new Set(Array.from({ length: count }, (_, index) => first + index));
    // Naive notifications come in any order, so all are looked for; one search in a frame finds most.
    const missing = this.#crowd.sockets.map(() => count);
    let open = missing.length;
    const arrived = new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`A tick was not delivered: ${open} sockets wait.`)),
        TICK_WITHIN_MS,
      );
      this.#crowd.onFrame = (place, data) => {
        const found = markersIn(data);
        seen.frames += found > 0 ? 1 : 0;
        seen.bytes += data.length;
        if (place === 0)
          for (const number of numbersIn(data)) if (!wanted.delete(number)) reject(new Error(`${number} came twice.`));
        missing[place] = (missing[place] ?? 0) - found;
        if (missing[place] !== 0 || found === 0 || --open > 0) return;
        clearTimeout(late);
        resolve();
      };
    });
    await Promise.race([Promise.all([this.#cause(first, count, isBundled), arrived]), this.#crowd.lost]);
    if (wanted.size > 0) throw new Error(`The witness missed ${[...wanted].join(", ")}.`);
  }

  async #cause(first: number, count: number, isBundled: boolean): Promise<void> {
    const call = this.#crowd.call(0);
    const { roomId, authorId } = call;
    if (!this.#writer)
      return this.#crowd.say(0, this.#crowd.wire.tick(call, { roomId, authorId, first, count, isBundled }));
    await this.#writer.write(
      roomId,
      authorId,
      Array.from({ length: count }, (_, index) => bodyOf(first + index)),
    );
  }
}

const MARKER = Buffer.from('"body":"#');
const NUMBER = /"body":"#(\d+) /g;

function markersIn(data: Buffer): number {
  let found = 0;
  for (let at = data.indexOf(MARKER); at !== -1; at = data.indexOf(MARKER, at + 300)) found++;
  return found;
}

export function* numbersIn(data: Buffer): Iterable<number> {
  for (const match of data.toString().matchAll(NUMBER)) yield Number(match[1]);
}
