/**
 * Whether there is time for another run of a property: `if (!isTime()) return`. fast-check's own limit
 * (`interruptAfterTimeLimit`) does not wait for the run under way: on a slow machine it went on after its test, and met a
 * closed pool.
 */
export function timeFor(limitMs: number): () => boolean {
  const until = performance.now() + limitMs;
  return () => performance.now() < until;
}
