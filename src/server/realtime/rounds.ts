import { log } from "../log.ts";

/**
 * Work that gathers while it is being done: one round at a time, the first at once, the next not before a pause. What is
 * asked for meanwhile is one more round, so that under load the rounds grow and their number does not.
 */
export class Rounds {
  readonly #name: string;
  readonly #work: () => Promise<number>;
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isAsked = false;
  #isStopped = false;
  #notBeforeMs = 0;
  #mostMs = Number.POSITIVE_INFINITY;

  /** `work` does all that has gathered and answers how long the pause after it is, in ms. It keeps what it could not do, and asks again. */
  constructor(name: string, work: () => Promise<number>) {
    this.#name = name;
    this.#work = work;
  }

  /** One more round. `mostMs` shortens the pause for what somebody is waiting to see. */
  ask(mostMs = Number.POSITIVE_INFINITY): void {
    this.#isAsked = true;
    if (mostMs < this.#mostMs && this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    this.#mostMs = Math.min(this.#mostMs, mostMs);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isStopped || this.#running || this.#timer || !this.#isAsked) return;
    const waitMs = Math.min(this.#notBeforeMs - performance.now(), this.#mostMs);
    if (waitMs <= 0) {
      this.#running = this.#round();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // Timers may be a fraction early, and then another one would be set for that fraction.
      this.#notBeforeMs = 0;
      this.#schedule();
    }, waitMs);
  }

  async #round(): Promise<void> {
    // One turn of the loop: what came in one packet is one round.
    await new Promise(setImmediate);
    this.#isAsked = false;
    this.#mostMs = Number.POSITIVE_INFINITY;
    let pauseMs = 1_000;
    try {
      pauseMs = await this.#work();
    } catch (error) {
      log().error({ error: String(error), round: this.#name }, "round.failed");
    }
    this.#notBeforeMs = performance.now() + pauseMs;
    this.#running = null;
    this.#schedule();
  }

  /** Does what is still to be done, without pauses, at most `rounds` times, and then nothing more. */
  async stop(rounds = 0): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
    for (let left = rounds; left > 0 && this.#isAsked; left--) await this.#round();
  }
}
