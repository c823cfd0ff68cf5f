/** How much of everything a run does. Every peer gets the same. */
export type Plan = {
  rounds: number;
  /** People, and sockets in the one room of the fan-out scenarios. */
  sockets: number;
  fanOutMs: number;
  /** However long a tick takes, a round has at least this many. */
  fanOutTicks: number;
  rooms: number;
  /** Sends that each of the two members of a room keeps in flight. */
  inFlight: number;
  warmUpMs: number;
  durableMs: number;
  loneSends: number;
};

export const FULL: Plan = {
  rounds: 5,
  sockets: 1000,
  fanOutMs: 1200,
  fanOutTicks: 3,
  rooms: 100,
  inFlight: 4,
  warmUpMs: 700,
  durableMs: 2000,
  loneSends: 40,
};

/** Says whether it works, not how fast it is. */
export const QUICK: Plan = {
  ...FULL,
  rounds: 2,
  sockets: 200,
  fanOutMs: 300,
  warmUpMs: 200,
  durableMs: 500,
  loneSends: 10,
};

export const SERVERS = ["ours", "ws", "trpc", "naive-notify", "socketio"] as const;
export type ServerName = (typeof SERVERS)[number];

/** What a column of the table is: `ws-bundled` is the ws loop, told to put all changes of a tick into one frame. */
export type Peer = ServerName | "ws-bundled";
export const serverOf = (peer: Peer): ServerName => (peer === "ws-bundled" ? "ws" : peer);

type FanOutScenario = { name: string; kind: "fan-out"; changes: number; peers: Peer[] };
type DurableScenario = { name: string; kind: "durable"; peers: Peer[] };
type LoneScenario = { name: string; kind: "lone"; peers: Peer[] };
export type Scenario = FanOutScenario | DurableScenario | LoneScenario;

const STORING: Peer[] = ["ours", "naive-notify", "trpc", "socketio"];

export function scenariosOf(plan: Plan): Scenario[] {
  return [
    { name: "fanout-1", kind: "fan-out", changes: 1, peers: ["ours", "ws", "trpc", "naive-notify", "socketio"] },
    {
      name: "fanout-10",
      kind: "fan-out",
      changes: 10,
      peers: ["ours", "ws", "ws-bundled", "trpc", "naive-notify", "socketio"],
    },
    { name: `durable-${plan.rooms}x2`, kind: "durable", peers: STORING },
    { name: "lone-send", kind: "lone", peers: STORING },
  ];
}

/** A length of an ordinary message. The number in front is how the load generator knows it again. */
const WORDS = "shall we move the stand-up to half past nine, so that the early ones can make it?";
export const bodyOf = (number: number): string => `#${number} ${WORDS}`;

/** Somebody at the load generator: what a browser of theirs would know. */
export type Person = { id: string; cookie: string };
/** Everybody is in `hall`; persons 2n and 2n+1 are in `pairs[n]`. */
export type Cast = { people: Person[]; hall: string; pairs: string[] };
