import { describe, expect, it } from "vitest";
import { aimsTable, judge } from "./aims.ts";
import type { Row } from "./rows.ts";

const row = (scenario: string, metric: string, ours: number, ratios: Record<string, number>): Row => ({
  scenario,
  metric,
  ours,
  peers: {},
  ratios,
  spread: {},
});
const isMet = (rows: Row[], cores = 2) => judge(rows, cores).map((one) => one.isMet);

describe("the aims", () => {
  it("are the most for what should be small, and the least for what should be large", () => {
    expect(isMet([row("fanout-1", "cpuMicrosPerChange", 11, { ws: 1.25 })])).toEqual([true]);
    expect(isMet([row("fanout-1", "cpuMicrosPerChange", 11, { ws: 1.26 })])).toEqual([false]);
    expect(isMet([row("durable-100x2", "sendsPerSecond", 9, { "naive-notify": 5, "socketio-redis": 2.4 })])).toEqual([
      true,
      false,
    ]);
  });

  it("are of our own figure where no peer is named", () => {
    expect(isMet([row("storm", "queriesPerRoom", 20, { trpc: 0.1 })])).toEqual([false]);
    expect(isMet([row("idle", "bytesOf10000", 900_000_000, {})])).toEqual([true]);
  });

  it("are not judged where a peer was left out", () => {
    expect(judge([row("latency-500", "p50Millis", 3, {})], 2)).toEqual([]);
  });

  it("are left open where a machine has too few cores to miss them", () => {
    const slow = [row("two-nodes", "deliveriesPerSecond", 1, { "one-node": 1.1 })];
    expect(isMet(slow, 2)).toEqual([null]);
    expect(aimsTable(judge(slow, 2))).toContain("| too few cores to tell |");
    expect(isMet(slow, 4)).toEqual([false]);
    expect(isMet([row("two-nodes", "deliveriesPerSecond", 2, { "one-node": 1.9 })], 2)).toEqual([true]);
  });

  it("are told with what was found", () => {
    const told = aimsTable(judge([row("fanout-10", "cpuMicrosPerChange", 2, { ws: 0.31 })], 2));
    expect(told).toContain("| `fanout-10`: CPU per delivered change beside `ws` | ≤ 0.25 × | 0.31 | **missed** |");
  });
});
