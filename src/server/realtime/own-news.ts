import type { Change } from "#shared/feed.ts";

/**
 * What this node has committed itself in one room, and the doorbell has not confirmed yet: when it does, these rows need not
 * be read. A room's numbers have no gaps (R1), so whoever holds one change for each number holds all of them.
 */
export class OwnNews {
  readonly #changes = new Map<number, Change>();

  keep(change: Change): void {
    this.#changes.set(change.version, change);
  }

  /** Everything in (from, to], or null when something in it is not ours: then the table is to be read. */
  between(from: number, to: number): Change[] | null {
    if (this.#changes.size === 0) return null;
    const found: Change[] = [];
    for (let version = from + 1; version <= to; version++) {
      const change = this.#changes.get(version);
      if (!change) return null;
      found.push(change);
    }
    return found;
  }

  /** Up to here everybody has it. */
  forgetUpTo(version: number): void {
    for (const kept of this.#changes.keys()) if (kept <= version) this.#changes.delete(kept);
  }

  forget(): void {
    this.#changes.clear();
  }
}
