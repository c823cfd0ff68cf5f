import { type Peer, SERVERS } from "./peers.ts";
import type { Plan } from "./plan.ts";

export type SeatingName = "hall" | "pairs" | "crowd" | "twenties-20";

type Base = { name: string; rounds: number; peers: Peer[] };
type Seated = Base & { seating: SeatingName };
export type FanOutScenario = Seated & { kind: "fan-out"; changes: number };
/** `times`: how many times the usual time. A room of 200 moves two hundred sends at a step, and a few steps are no rate. */
export type DurableScenario = Seated & { kind: "durable"; inFlight: number; times: number };
/** `perSecond` null: what the stack of S2 managed in `durable-100x2` of this run, and so its own saturation. */
export type LatencyScenario = Seated & { kind: "latency"; perSecond: number | null };
export type LoneScenario = Seated & { kind: "lone" };
/** These seat whom they need themselves. */
export type OwnScenario = Base & { kind: "two-nodes" | "storm" | "idle" | "history" };
export type SeatedScenario = FanOutScenario | DurableScenario | LatencyScenario | LoneScenario;
export type Scenario = SeatedScenario | OwnScenario;

/** Those that store what is sent. */
const STORING = SERVERS.filter((name) => name !== "ws");
const PLAIN = STORING.filter((name) => name !== "trpc-superjson");
/** In rooms of many what matters is how the row is stored and told; one of each kind will do. */
const KINDS: Peer[] = ["ours", "trpc", "naive-notify", "socketio-redis", "socketio-postgres"];

/** In the order of the run: those that need the same people seated stand together, and what fills the disk comes last. */
export function scenariosOf({ rounds, longRounds, socketRounds }: Plan): Scenario[] {
  const pairs = { seating: "pairs" as const, rounds };
  const latency = { ...pairs, kind: "latency" as const, rounds: longRounds, peers: PLAIN };
  return [
    { name: "fanout-1", kind: "fan-out", seating: "hall", rounds, peers: [...SERVERS], changes: 1 },
    { name: "fanout-10", kind: "fan-out", seating: "hall", rounds, peers: [...SERVERS, "ws-bundled"], changes: 10 },
    { ...pairs, name: "durable-100x2", kind: "durable", peers: STORING, inFlight: 4, times: 1 },
    { ...latency, name: "latency-500", perSecond: 500 },
    { ...latency, name: "latency-1000", perSecond: 1000 },
    { ...latency, name: "latency-saturation", perSecond: null, peers: ["ours", "socketio-redis"] },
    { ...pairs, name: "lone-send", kind: "lone", peers: STORING },
    {
      name: "durable-20x20",
      kind: "durable",
      seating: "twenties-20",
      rounds: longRounds,
      peers: KINDS,
      inFlight: 2,
      times: 1,
    },
    {
      name: "durable-1x200",
      kind: "durable",
      seating: "crowd",
      rounds: longRounds,
      peers: KINDS,
      inFlight: 1,
      times: 2,
    },
    { name: "two-nodes", kind: "two-nodes", rounds, peers: ["ours"] },
    { name: "storm", kind: "storm", rounds: socketRounds, peers: ["ours", "trpc", "socketio", "socketio-redis"] },
    { name: "idle", kind: "idle", rounds: socketRounds, peers: ["ours", "ws", "trpc", "socketio"] },
    { name: "history", kind: "history", rounds: 1, peers: ["ours"] },
  ];
}

/** `--only=durable`, `--only=durable-100x2`, `--only=fanout-1,storm`: names, or what a name begins with before its first hyphen. */
export function isWanted(name: string, only: string | null): boolean {
  return only === null || only.split(",").some((wanted) => wanted === name || wanted === name.split("-")[0]);
}
