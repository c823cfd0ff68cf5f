import { expect, test } from "vitest";
import type { Health, NodeHealth } from "#shared/health.ts";
import { concernsOf } from "./concerns.ts";

const AT = "2026-11-20T12:00:00.000Z";
const node = (changed: Partial<NodeHealth> = {}): NodeHealth => ({
  id: "one",
  host: "attic",
  pid: 7,
  state: "live",
  reportedAt: AT,
  uptimeSeconds: 60,
  heartbeatMs: 3,
  sockets: 100,
  socketsBehind: 0,
  people: 90,
  rooms: 4,
  roomsDirty: 1,
  sendsWaiting: 2,
  memoryBytes: 1e8,
  evictions: 3,
  clockOffsetMs: 4,
  ...changed,
});
const health = (changed: Partial<Health> = {}): Health => ({
  at: AT,
  lockWaiters: 1,
  queueUsage: 0.001,
  nodes: [node()],
  minutes: [],
  ...changed,
});
const words = (changed: Partial<Health>) => concernsOf(health(changed)).map((concern) => concern.words);
const ofNode = (changed: Partial<NodeHealth>) => words({ nodes: [node(changed)] });

test("a server that is well worries nobody, nor does a node that was stopped in order", () => {
  expect(words({})).toEqual([]);
  expect(ofNode({ state: "stopped", reportedAt: "2026-11-20T11:30:00.000Z" })).toEqual([]);
});

test("a node that fell silent is named with how long ago, and nothing else is said of it", () => {
  expect(ofNode({ state: "silent", reportedAt: "2026-11-20T11:56:00.000Z", heartbeatMs: 9_000 })).toEqual([
    "attic (7) has said nothing for 4 min. It died, or cannot reach Postgres.",
  ]);
});

test("what is grave comes first", () => {
  expect(words({ nodes: [node({ heartbeatMs: 2_500 })], lockWaiters: 40, queueUsage: 0.1 })).toEqual([
    "40 commits wait for the lock of NOTIFY: Postgres flushes slowly.",
    "The queue of notifications is 10 % full: a listener holds it up.",
    "attic (7) hears of changes 2.5 s late.",
  ]);
  expect(words({ queueUsage: 0.5 })).toEqual([
    "The queue of notifications is 50 % full. When it is full, nobody can send.",
  ]);
});

test("a node that polls, that is buried, whose people do not keep up, or whose clock is wrong", () => {
  expect(ofNode({ state: "polling" })).toEqual(["attic (7) does not hear Postgres, and asks once a second instead."]);
  expect(ofNode({ sendsWaiting: 1_200 })).toEqual(["1,200 sends wait on attic (7) for Postgres."]);
  expect(ofNode({ socketsBehind: 9 })).toEqual([]);
  expect(ofNode({ socketsBehind: 12 })).toEqual(["12 of 100 sockets on attic (7) do not keep up."]);
  expect(ofNode({ clockOffsetMs: 7_200_000 })).toEqual(["The clock of attic (7) is 2 h behind the database's."]);
  expect(ofNode({ clockOffsetMs: -2_000 })).toEqual(["The clock of attic (7) is 2 s ahead of the database's."]);
});

test("slow deliveries are told by the last minute in which there were any", () => {
  const minute = (p95: number | null) => ({
    at: AT,
    sends: 1,
    sockets: 1,
    delivery: p95 === null ? null : { p50: 1, p95, p99: p95 },
    acknowledgement: null,
  });
  expect(words({ minutes: [minute(3_000), minute(5), minute(null)] })).toEqual([]);
  expect(words({ minutes: [minute(5), minute(3_000), minute(null)] })).toEqual([
    "One message in twenty takes 3 s or more to be delivered.",
  ]);
});
