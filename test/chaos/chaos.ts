import { agrees, check } from "./checker.ts";
import { checkMemory } from "./checks/rest.ts";
import { tryIt } from "./deeds.ts";
import type { Device } from "./device.ts";
import type { Evidence, Ledger, NodeEnd, Violation } from "./evidence.ts";
import { type FaultNote, Faults } from "./faults.ts";
import { readLedger } from "./ledger.ts";
import { type Intent, type Plan, planOf } from "./plan.ts";
import { Stage, type StageOptions } from "./stage.ts";

/** The longest from the last fault's end until everybody agrees with the tables. A silent socket is found after 30 s, and comes back within 10. */
const BOUND_MS = 45_000;
const LOOK_EVERY_MS = 250;
/** After all agree: what comes late (a repeat, a row for nobody) comes now. */
const GRACE_MS = 1_000;

/** A node that lost a socket without a word finds out by its ping, within 30 s. */
const LET_GO_MS = 35_000;

const NOTHING: Evidence = {
  journal: [],
  devices: [],
  ledger: {
    epoch: "",
    rooms: [],
    messages: [],
    edits: [],
    members: [],
    taken: [],
    counts: {},
    mentions: [],
    revoked: [],
  },
  nodes: [],
  uncaught: [],
  times: { healedAt: 0, boundMs: 0 },
};

export type RunOptions = StageOptions & { lengthMs: number; boundMs?: number; without?: (plan: Plan) => Plan };

export type Outcome = {
  seed: number;
  startedAt: number;
  faults: FaultNote[];
  evidence: Evidence;
  violations: Violation[];
};

/** One run: everybody acts while things break, everything heals, all is quiet, and the checker looks at what is left. */
export async function runChaos({ lengthMs, boundMs = BOUND_MS, without, ...opts }: RunOptions): Promise<Outcome> {
  const drawn = planOf(opts.seed, lengthMs);
  const plan = without ? without(drawn) : drawn;
  const uncaught: string[] = [];
  const catchAll = (error: unknown) => void uncaught.push(error instanceof Error ? (error.stack ?? "") : String(error));
  process.on("unhandledRejection", catchAll).on("uncaughtException", catchAll);
  try {
    await using stage = await Stage.open(opts);
    await agreement(stage, boundMs, Promise.resolve());
    const startedAt = Date.now();
    const faults = new Faults(stage, startedAt);
    const acting = Promise.all(stage.devices.map((device, n) => act(device, plan.intents[n] ?? [], startedAt)));
    await breakThings(plan, faults, startedAt);
    await faults.over();
    const healedAt = Date.now();
    const agreedAt = await agreement(stage, boundMs, acting);
    await sleep(GRACE_MS);
    const evidence = { ...(await collect(stage, agreedAt)), uncaught, times: { healedAt, boundMs } };
    return { seed: opts.seed, startedAt, faults: faults.notes, evidence, violations: check(evidence) };
  } finally {
    process.off("unhandledRejection", catchAll).off("uncaughtException", catchAll);
  }
}

/** Everybody's things, each at its time, whether what came before was answered or not: people do not wait either. */
async function act(device: Device, intents: Intent[], startedAt: number): Promise<void> {
  const under = new Set<Promise<void>>();
  for (const intent of intents) {
    await sleep(startedAt + intent.atMs - Date.now());
    const doing = tryIt(device, intent).finally(() => under.delete(doing));
    under.add(doing);
  }
  await Promise.all(under);
}

async function breakThings({ faults, lengthMs }: Plan, on: Faults, startedAt: number): Promise<void> {
  for (const { atMs, forMs, fault } of faults) {
    await sleep(startedAt + atMs - Date.now());
    on.begin(fault, forMs);
  }
  await sleep(startedAt + lengthMs - Date.now());
}

/**
 * Waits until every device agrees with the tables and `acting` is over, or the bound is. Answers since when each does: what was
 * still being done when all had healed counts against the time.
 */
async function agreement(stage: Stage, boundMs: number, acting: Promise<unknown>): Promise<Map<string, number | null>> {
  let isQuiet = false;
  void acting.then(() => {
    isQuiet = true;
  });
  const deadline = Date.now() + boundMs;
  const since = new Map<string, number | null>();
  for (;;) {
    const ledger = await readLedger(stage.url, []);
    for (const device of stage.devices) {
      const isSo = agrees(alone(device, ledger));
      since.set(device.name, isSo ? (since.get(device.name) ?? Date.now()) : null);
    }
    const areAll = isQuiet && [...since.values()].every((at) => at !== null);
    if (areAll || Date.now() > deadline) return since;
    await sleep(LOOK_EVERY_MS);
  }
}

const alone = (device: Device, ledger: Ledger): Evidence => ({ ...NOTHING, devices: [device.end(null)], ledger });

async function collect(stage: Stage, agreedAt: Map<string, number | null>) {
  const fresh = await Promise.all(stage.devices.map((device) => device.fresh()));
  const nodes = await settledNodes(stage);
  return {
    journal: stage.journal.entries,
    ledger: await readLedger(stage.url, stage.revoked),
    devices: stage.devices.map((device, n) => device.end(agreedAt.get(device.name) ?? null, fresh[n])),
    nodes,
  };
}

/** The nodes once they have let go of what was cut, or after a while as they are. */
async function settledNodes(stage: Stage): Promise<NodeEnd[]> {
  const deadline = Date.now() + LET_GO_MS;
  for (;;) {
    const nodes = await stage.nodeEnds();
    const devices = stage.devices.map((device) => device.end(null));
    if (checkMemory({ ...NOTHING, devices, nodes }).length === 0 || Date.now() > deadline) return nodes;
    await sleep(LOOK_EVERY_MS);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
