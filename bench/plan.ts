import type { CastSize } from "./cast.ts";

/** How much of everything a run does. Every peer gets the same. */
export type Plan = {
  /** As many as twelve minutes hold: of what varies most; of what takes long; of what opens thousands of sockets, and varies least. */
  rounds: number;
  longRounds: number;
  socketRounds: number;
  cast: CastSize;
  fanOutMs: number;
  /** However long a tick takes, a round has at least this many. */
  fanOutTicks: number;
  warmUpMs: number;
  durableMs: number;
  latencyMs: number;
  loneSends: number;
  /** A crowd that has heard nothing for so long has been told everything. */
  calmMs: number;
  /** Rooms of twenty whose people all come back at once, and the changes that each of these rooms had meanwhile. */
  storm: { rooms: number; changesPerRoom: number };
  /** Rooms of twenty whose people sit there and do nothing; in the end twice as many. */
  idleRooms: number;
  twoNodesTicks: number;
  history: { sizes: number[]; pages: number };
};

export const FULL: Plan = {
  rounds: 5,
  longRounds: 3,
  socketRounds: 2,
  cast: { people: 11_000, hall: 1000, crowd: 200, pairs: 100 },
  fanOutMs: 800,
  fanOutTicks: 3,
  warmUpMs: 600,
  durableMs: 1500,
  latencyMs: 2500,
  loneSends: 40,
  calmMs: 1500,
  storm: { rooms: 100, changesPerRoom: 100 },
  idleRooms: 250,
  twoNodesTicks: 60,
  history: { sizes: [1_000, 10_000, 100_000, 1_000_000], pages: 100 },
};

/** Says whether it works, not how fast it is. */
export const QUICK: Plan = {
  ...FULL,
  rounds: 1,
  longRounds: 1,
  socketRounds: 1,
  cast: { people: 600, hall: 200, crowd: 200, pairs: 100 },
  fanOutMs: 200,
  warmUpMs: 150,
  durableMs: 400,
  latencyMs: 500,
  loneSends: 10,
  calmMs: 500,
  storm: { rooms: 8, changesPerRoom: 100 },
  idleRooms: 10,
  twoNodesTicks: 10,
  history: { sizes: [1_000, 10_000], pages: 20 },
};

/** The processes that hold the sockets. One alone is as busy as the server that it measures. */
export const GENERATORS = 2;
