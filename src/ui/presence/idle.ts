import { AWAY_AFTER_MS } from "#shared/limits.ts";

type Timers = { set: (run: () => void, ms: number) => unknown; clear: (timer: unknown) => void; now: () => number };

const BROWSER: Timers = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  now: () => Date.now(),
};

/** Whether anybody sits at this device: no key and no pointer for a while is away. Tells when that changes. */
export class Idle {
  isAway = false;

  private lastAt: number;
  private timer: unknown;
  private readonly onChange: (isAway: boolean) => void;
  private readonly timers: Timers;

  constructor(onChange: (isAway: boolean) => void, timers: Timers = BROWSER) {
    this.onChange = onChange;
    this.timers = timers;
    this.lastAt = timers.now();
    this.look();
  }

  /** Somebody did something. Called for every move of a pointer, so it only takes note. */
  stir = (): void => {
    this.lastAt = this.timers.now();
    if (this.isAway) this.turn(false);
  };

  stop(): void {
    this.timers.clear(this.timer);
  }

  private look = (): void => {
    const left = this.lastAt + AWAY_AFTER_MS - this.timers.now();
    // A timer of a sleeping device goes off late; the clock says how long it was.
    if (left <= 0) this.turn(true);
    else this.timer = this.timers.set(this.look, left);
  };

  private turn(isAway: boolean): void {
    this.isAway = isAway;
    this.onChange(isAway);
    if (!isAway) this.look();
  }
}
