// A planted defect, loaded before a node: what it does every thirty seconds in any case, it never does.
const SWEEP_MS = 30_000;
const every = globalThis.setInterval;
globalThis.setInterval = (work, ms, ...rest) => every(work, ms === SWEEP_MS ? 2 ** 31 - 1 : ms, ...rest);
