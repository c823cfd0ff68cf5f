import { describe, expect, it } from "vitest";
import { SERVERS } from "../peers.ts";
import { FULL } from "../plan.ts";
import { scenariosOf } from "../scenarios.ts";
import { Result } from "./result.ts";

const row = {
  scenario: "fanout-1",
  metric: "cpuMicrosPerChange",
  ours: 11,
  peers: { ws: 10 },
  ratios: { ws: 1.1 },
  spread: { ours: { lowest: 10, highest: 12 }, ws: { lowest: 9, highest: 11 } },
};
const result = {
  machine: { cpu: "some", cores: 2, memoryGb: 24 },
  commit: "abc1234",
  date: "2026-11-20T14:48:27.009Z",
  rows: [row],
};

describe("the file of results", () => {
  it("is what others read, whatever else is in it", () => {
    expect(Result.parse({ ...result, isQuick: false })).toMatchObject({ ...result, isQuick: false });
  });

  it("has numbers and nothing else in its cells: what JSON writes for the others is null", () => {
    for (const broken of [{ ours: null }, { peers: { ws: "10" } }, { ratios: { ws: Number.POSITIVE_INFINITY } }])
      expect(Result.safeParse({ ...result, rows: [{ ...row, ...broken }] }).success).toBe(false);
  });

  it("has a ratio for every peer, unless that peer is at zero", () => {
    expect(Result.safeParse({ ...result, rows: [{ ...row, ratios: {} }] }).success).toBe(false);
    expect(Result.safeParse({ ...result, rows: [{ ...row, peers: { ws: 0 }, ratios: {} }] }).success).toBe(true);
  });

  it("calls scenarios and peers by the names that were agreed", () => {
    const names = scenariosOf(FULL).map(({ name }) => name);
    const agreed = [
      ...["fanout-1", "fanout-10", "durable-100x2", "durable-20x20", "durable-1x200", "latency-500", "latency-1000"],
      ...["storm", "idle", "history", "two-nodes"],
    ];
    expect(names).toEqual(expect.arrayContaining(agreed));
    expect(SERVERS).toEqual(
      expect.arrayContaining([
        "ws",
        "trpc",
        "trpc-superjson",
        "naive-notify",
        "socketio",
        "socketio-redis",
        "socketio-postgres",
      ]),
    );
  });
});
