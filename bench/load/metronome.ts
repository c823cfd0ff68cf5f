import { parentPort } from "node:worker_threads";

/**
 * A thread that says when sends are due. Timers of the event loop are up to a millisecond late, which is as long as some of
 * what is measured takes; a wait with a time-out is not, and costs nothing meanwhile.
 */
export type Beat = { startAtMs: number; everyMs: number; count: number };

/** The same in every thread and process of a machine. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

parentPort?.on("message", ({ startAtMs, everyMs, count }: Beat) => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; turn < count; turn++) {
    const waitMs = startAtMs + turn * everyMs - monotonicMs();
    if (waitMs > 0) Atomics.wait(cell, 0, 0, waitMs);
    parentPort?.postMessage(turn);
  }
});
