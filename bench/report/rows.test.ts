import { describe, expect, it } from "vitest";
import type { Rounds } from "../measure/measured.ts";
import { rowsOf } from "./rows.ts";

const rounds: Rounds = new Map([
  ["ours", [{ sendsPerSecond: 100 }, { sendsPerSecond: 400 }, { sendsPerSecond: 200 }]],
  ["trpc", [{ sendsPerSecond: 50 }, { sendsPerSecond: 100 }, { sendsPerSecond: 200 }]],
]);

describe("a row of the report", () => {
  it("has medians, their spread, and the median of the ratios within rounds", () => {
    expect(rowsOf("durable-100x2", rounds)).toEqual([
      {
        scenario: "durable-100x2",
        metric: "sendsPerSecond",
        ours: 200,
        peers: { trpc: 100 },
        // 2, 4 and 1: not the quotient of the medians, which may come from different rounds.
        ratios: { trpc: 2 },
        spread: { ours: { lowest: 100, highest: 400 }, trpc: { lowest: 50, highest: 200 } },
      },
    ]);
  });

  it("leaves a peer out that does not have this figure", () => {
    const [row] = rowsOf(
      "storm",
      new Map([
        ["ours", [{ queriesPerRoom: 2 }]],
        ["trpc", [{}]],
      ]),
    );
    expect(row?.peers).toEqual({});
  });

  it("is not there when we have no figure in one of the rounds", () => {
    const none = new Map([["ours", [{ p50Millis: 3 }, { p50Millis: Number.NaN }]]]);
    expect(rowsOf("durable-1x200", none)).toEqual([]);
  });

  it("has no ratio beside zero, which JSON could not say", () => {
    const [row] = rowsOf(
      "storm",
      new Map([
        ["ours", [{ x: 2 }]],
        ["trpc", [{ x: 0 }]],
      ]),
    );
    expect(row?.peers).toEqual({ trpc: 0 });
    expect(row?.ratios).toEqual({});
  });
});
