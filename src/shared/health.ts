import type { Percentiles } from "./durations.ts";
import type { ListenState } from "./rooms.ts";

/** How a node stands: how it hears of changes, or that it left, or that it says nothing any more. */
export type NodeState = ListenState | "silent" | "stopped";

/** A node as it last said itself. */
export type NodeHealth = {
  id: string;
  host: string;
  pid: number;
  state: NodeState;
  /** By the database's clock, like every time here. */
  reportedAt: string;
  uptimeSeconds: number;
  /** From a heartbeat on its way to LISTEN hearing it. */
  heartbeatMs: number | null;
  sockets: number;
  socketsBehind: number;
  people: number;
  rooms: number;
  roomsDirty: number;
  sendsWaiting: number;
  memoryBytes: number;
  /** Sockets that it has closed for not reading. */
  evictions: number;
  /** How far the database's clock is ahead of its own. */
  clockOffsetMs: number | null;
};

/** One minute of all nodes together. Null where none said anything. */
export type HealthMinute = {
  at: string;
  sends: number | null;
  sockets: number | null;
  /** From the database taking a message to its frames being written. */
  delivery: Percentiles | null;
  /** And on to the other end of a socket. */
  acknowledgement: Percentiles | null;
};

/** What an admin sees of the server. */
export type Health = {
  at: string;
  /** Commits that wait for the lock that NOTIFY takes on the whole Postgres. */
  lockWaiters: number;
  /** How full its queue of notifications is, 0 to 1. */
  queueUsage: number;
  nodes: NodeHealth[];
  /** The last hour, oldest first, up to the last minute that all nodes have told of. */
  minutes: HealthMinute[];
};
