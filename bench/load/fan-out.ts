import { bodyOf } from "../cast.ts";
import type { Peer } from "../peers.ts";
import type { Crowd } from "./crowd.ts";
import { markersIn, numbersIn } from "./markers.ts";
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
  readonly #seen: FanOutSeen = { ticks: 0, frames: 0, bytes: 0 };
  #number = 0;
  #arrived: Promise<void> = Promise.resolve();

  constructor(crowd: Crowd, writer: Writer | null) {
    this.#crowd = crowd;
    this.#writer = writer;
  }

  async run({ peer, changes, forMs, minTicks }: FanOutAsk): Promise<FanOutSeen> {
    const before = { ...this.#seen };
    const until = performance.now() + forMs;
    for (let ticks = 0; ticks < minTicks || performance.now() < until; ticks++) {
      this.expect(changes);
      await this.cause(changes, peer === "ws-bundled");
      await this.arrived();
    }
    const { ticks, frames, bytes } = this.#seen;
    return { ticks: ticks - before.ticks, frames: frames - before.frames, bytes: bytes - before.bytes };
  }

  /** From now on the next `count` changes are looked for. Call it before they are made. */
  expect(count: number): void {
    const first = this.#number + 1;
    this.#number += count;
    const wanted = new Set(Array.from({ length: count }, (_, index) => first + index));
    // Naive notifications come in any order, so all are looked for; one search in a frame finds most.
    const missing = this.#crowd.sockets.map(() => count);
    let open = missing.length;
    this.#arrived = new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`A tick was not delivered: ${open} sockets wait.`)),
        TICK_WITHIN_MS,
      );
      this.#crowd.onFrame = (place, data) => {
        const found = markersIn(data);
        this.#seen.frames += found > 0 ? 1 : 0;
        this.#seen.bytes += data.length;
        if (place === 0)
          for (const number of numbersIn(data)) if (!wanted.delete(number)) reject(new Error(`${number} came twice.`));
        missing[place] = (missing[place] ?? 0) - found;
        if (missing[place] !== 0 || found === 0 || --open > 0) return;
        clearTimeout(late);
        if (wanted.size > 0) return reject(new Error(`The witness missed ${[...wanted].join(", ")}.`));
        this.#seen.ticks++;
        resolve();
      };
    });
    // Whoever asks for it hears of it; until then nobody does.
    this.#arrived.catch(() => {});
  }

  /** Makes the changes that are expected. */
  async cause(count: number, isBundled = false): Promise<void> {
    const first = this.#number - count + 1;
    const call = this.#crowd.call(0);
    const { roomId, authorId } = call;
    if (!this.#writer)
      return this.#crowd.say(0, this.#crowd.wire.tick(call, { roomId, authorId, first, count, isBundled }));
    const bodies = Array.from({ length: count }, (_, index) => bodyOf(first + index));
    await this.#writer.write(bodies.map((body) => ({ roomId, authorId, body })));
  }

  /** Settles when every socket has all of them. */
  async arrived(): Promise<void> {
    await Promise.race([this.#arrived, this.#crowd.lost]);
  }
}
