import type { Observed } from "#server/realtime/metrics.ts";

const zero = () => 0;
const unknown = () => null;

/** What the metrics of nobody's node observe: for a part of a node that stands alone in a test. */
export const nothingObserved: Observed = {
  sockets: zero,
  socketsBehind: zero,
  socketBytes: zero,
  seats: zero,
  rooms: zero,
  roomsDirty: zero,
  people: zero,
  inboxes: zero,
  activitySeats: zero,
  sendsWaiting: zero,
  receiptsWaiting: zero,
  listening: () => "live",
  heartbeatMs: unknown,
  pressure: unknown,
  clockOffsetMs: unknown,
};
