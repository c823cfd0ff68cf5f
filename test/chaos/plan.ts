import { Chance } from "./chance.ts";

/** What a run is made of, drawn before it begins: the same seed has the same people try the same things under the same faults. */
export type Plan = { seed: number; lengthMs: number; faults: Turn[]; intents: Intent[][] };

/** A fault and when: from `atMs` on, for `forMs` (0 for what is over at once), both since the start. */
export type Turn = { atMs: number; forMs: number; fault: Fault };

export type Fault =
  | { at: "device"; which: number; kind: "lag"; ms: number; jitterMs: number }
  | { at: "device"; which: number; kind: "throttle"; bytesPerSecond: number }
  | {
      at: "device";
      which: number;
      kind: "blackHole" | "halfOpen" | "refuse" | "reset" | "dropNextReply" | "move" | "reload";
    }
  | { at: "device"; which: number; kind: "closeAfter"; bytes: number }
  | { at: "session"; which: number; kind: "revoke" }
  | { at: "node"; which: number; kind: "kill" | "terminate" | "pause" }
  | { at: "database"; which: number; kind: "lag"; ms: number; jitterMs: number }
  | { at: "database"; which: number; kind: "blackHole" | "reset" | "dropNextReply" }
  | { at: "postgres"; which: 0; kind: "cutListeners" | "cutAll" | "crash" };

/** One thing that one device tries. What `picks` point at is whatever that device shows by then. */
export type Intent = { atMs: number; verb: Verb; picks: [number, number, number] };

export const VERBS = {
  send: 30,
  call: 6,
  repeat: 4,
  twins: 2,
  otherWords: 1,
  edit: 8,
  delete: 3,
  react: 9,
  unreact: 3,
  reply: 9,
  quote: 5,
  pin: 2,
  unpin: 1,
  read: 9,
  readThread: 2,
  older: 2,
  join: 3,
  leave: 1.5,
  remove: 2,
  add: 3,
  retry: 1,
} as const;
export type Verb = keyof typeof VERBS;

export const DEVICES = 8;
export const NODES = 2;
const EVERY_MS = [150, 700] as const;
const FIRST_FAULT_MS = 1_500;

const KINDS = {
  "device lag": 3,
  "device throttle": 2,
  "device blackHole": 3,
  "device halfOpen": 2,
  "device refuse": 1,
  "device reset": 4,
  "device dropNextReply": 4,
  "device closeAfter": 3,
  "device move": 2,
  "device reload": 3,
  "session revoke": 1.5,
  "node kill": 3,
  "node terminate": 3,
  "node pause": 2,
  "database lag": 1,
  "database blackHole": 2,
  "database reset": 2,
  "database dropNextReply": 3,
  "postgres cutListeners": 2,
  "postgres cutAll": 2,
  "postgres crash": 1.5,
} as const;

export function planOf(seed: number, lengthMs: number): Plan {
  const chance = new Chance(seed);
  const intents = Array.from({ length: DEVICES }, (_, n) => intentsOf(chance.branch(`device ${n}`), lengthMs));
  return { seed, lengthMs, faults: faultsOf(chance.branch("faults"), lengthMs), intents };
}

function intentsOf(chance: Chance, lengthMs: number): Intent[] {
  const intents: Intent[] = [];
  for (let atMs = chance.between(0, EVERY_MS[1]); atMs < lengthMs; atMs += chance.between(...EVERY_MS)) {
    const pick = () => chance.between(0, 999_999);
    intents.push({ atMs, verb: chance.weighted(VERBS), picks: [pick(), pick(), pick()] });
  }
  return intents;
}

/** In rounds: one to three at a time, never two at the same place, and a moment of peace between two rounds. */
function faultsOf(chance: Chance, lengthMs: number): Turn[] {
  const turns: Turn[] = [];
  for (let begin = FIRST_FAULT_MS; begin < lengthMs - 500; ) {
    const places = new Set<string>();
    let end = begin;
    for (let left = chance.between(1, 3); left > 0; left--) {
      const fault = faultOf(chance);
      const place = `${fault.at} ${fault.which}`;
      const atMs = begin + chance.between(0, 800);
      const forMs = isOverAtOnce(fault) ? 0 : chance.between(500, 4_000);
      if (places.has(place)) continue;
      places.add(place);
      turns.push({ atMs, forMs, fault });
      end = Math.max(end, atMs + forMs);
    }
    begin = end + chance.between(300, 1_500);
  }
  return turns.sort((a, b) => a.atMs - b.atMs);
}

function faultOf(chance: Chance): Fault {
  const [at, kind] = chance.weighted(KINDS).split(" ") as [Fault["at"], Fault["kind"]];
  const which = at === "device" || at === "session" ? chance.between(0, DEVICES - 1) : chance.between(0, NODES - 1);
  const fault = { at, kind, which: at === "postgres" ? 0 : which };
  if (kind === "lag") return { ...fault, ms: chance.between(40, 700), jitterMs: chance.between(0, 500) } as Fault;
  if (kind === "throttle") return { ...fault, bytesPerSecond: chance.between(1_500, 20_000) } as Fault;
  if (kind === "closeAfter") return { ...fault, bytes: chance.between(100, 6_000) } as Fault;
  return fault as Fault;
}

const AT_ONCE = ["reset", "dropNextReply", "closeAfter", "move", "reload", "revoke", "cutListeners", "cutAll"];

export function isOverAtOnce({ kind }: Fault): boolean {
  return AT_ONCE.includes(kind);
}

/** A fault in words, for the report. */
export function told({ at, which, ...rest }: Fault): string {
  const { kind, ...numbers } = rest as { kind: string } & Record<string, number>;
  const place = at === "postgres" ? at : `${at} ${which}`;
  return [place, kind, ...Object.entries(numbers).map(([name, value]) => `${name}=${value}`)].join(" ");
}
