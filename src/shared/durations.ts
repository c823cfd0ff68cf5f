/**
 * Durations, counted in buckets that are each a twelfth of an octave wide: 6 %. Percentiles of several nodes cannot be made of
 * the nodes' percentiles, but of their counts; and counts cost the same whatever is counted.
 */
const PER_OCTAVE = 12;
/** All below this are one bucket. */
const LEAST_MS = 0.1;

/** How many fell into which bucket. */
export type Durations = [bucket: number, count: number][];

export type Percentiles = { p50: number; p95: number; p99: number };

export class Tally {
  readonly #counts = new Map<number, number>();

  add(ms: number): void {
    const bucket = ms > LEAST_MS ? Math.round(PER_OCTAVE * Math.log2(ms / LEAST_MS)) : 0;
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
  }

  /** What was counted since the last time. */
  take(): Durations {
    const taken = [...this.#counts].sort(([a], [b]) => a - b);
    this.#counts.clear();
    return taken;
  }
}

/** In milliseconds, of everything that was counted anywhere. Null when nothing was. */
export function percentilesOf(tallies: readonly Durations[]): Percentiles | null {
  const counts = new Map<number, number>();
  let total = 0;
  for (const [bucket, count] of tallies.flat()) {
    counts.set(bucket, (counts.get(bucket) ?? 0) + count);
    total += count;
  }
  if (total === 0) return null;
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const at = (share: number) => {
    let left = Math.ceil(total * share);
    for (const [bucket, count] of sorted) {
      left -= count;
      if (left <= 0) return LEAST_MS * 2 ** (bucket / PER_OCTAVE);
    }
    return 0;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
