/**
 * How long to wait before the next attempt: nothing at first, then longer and longer, never in step with others (after
 * a restart everybody comes at once), and not a moment more once somebody calls `wake`.
 */
export class Patience {
  private attempts = 0;
  private wakers = new Set<() => void>();

  private readonly firstMs: number;
  private readonly longestMs: number;
  private readonly random: () => number;

  constructor(firstMs: number, longestMs: number, random: () => number = Math.random) {
    this.firstMs = firstMs;
    this.longestMs = longestMs;
    this.random = random;
  }

  /** Forgets past failures. */
  reset(): void {
    this.attempts = 0;
  }

  /** The next attempt's wait, in ms: half of it certain, half of it chance. */
  nextMs(): number {
    const ceiling = Math.min(this.firstMs * 2 ** this.attempts++, this.longestMs);
    return ceiling / 2 + (ceiling / 2) * this.random();
  }

  /** Resolves after `ms`, or at the next `wake`. `Infinity` waits for a wake alone. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.wakers.delete(wake);
        resolve();
      };
      const timer = Number.isFinite(ms) ? setTimeout(wake, ms) : undefined;
      this.wakers.add(wake);
    });
  }

  wake(): void {
    for (const wake of [...this.wakers]) wake();
  }
}
