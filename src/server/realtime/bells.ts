/** Wakes whoever waits for news of one person: `me.feed`. Rings that come while nobody looks are one ring. */
export class Bells {
  readonly #byPerson = new Map<string, Set<Bell>>();

  hang(userId: string, signal: AbortSignal | undefined): Bell {
    const bells = this.#byPerson.get(userId) ?? new Set();
    this.#byPerson.set(userId, bells);
    const bell = new Bell(() => {
      bells.delete(bell);
      if (bells.size === 0 && this.#byPerson.get(userId) === bells) this.#byPerson.delete(userId);
    });
    bells.add(bell);
    signal?.addEventListener("abort", () => bell.takeDown(), { once: true });
    if (signal?.aborted) bell.takeDown();
    return bell;
  }

  /** Bells that hang: a leak in a test, people online elsewhere. */
  get count(): number {
    let count = 0;
    for (const bells of this.#byPerson.values()) count += bells.size;
    return count;
  }

  ring(userId: string): void {
    for (const bell of this.#byPerson.get(userId) ?? []) bell.ring();
  }

  /** Rings for everybody who has this room in their list. */
  ringForRoom(roomId: string): void {
    for (const bells of this.#byPerson.values()) for (const bell of bells) if (bell.rooms.has(roomId)) bell.ring();
  }

  ringAll(): void {
    for (const bells of this.#byPerson.values()) for (const bell of bells) bell.ring();
  }
}

export class Bell {
  /** The rooms in the list that was last handed out. */
  rooms: ReadonlySet<string> = new Set();
  readonly #onDown: () => void;
  #hasRung = false;
  #isDown = false;
  #wake: (() => void) | null = null;

  constructor(onDown: () => void) {
    this.#onDown = onDown;
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** Waits for the next ring, or answers at once for one that came since. False when the bell was taken down. */
  async rung(): Promise<boolean> {
    if (!this.#hasRung && !this.#isDown) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    this.#hasRung = false;
    return !this.#isDown;
  }

  takeDown(): void {
    if (this.#isDown) return;
    this.#isDown = true;
    this.#onDown();
    this.#wake?.();
  }
}
