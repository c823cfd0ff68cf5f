import { describe, expect, it } from "vitest";
import type { Row } from "./rows.ts";
import { figure, tablesOf } from "./table.ts";

const row = (scenario: string, metric: string, peers: Record<string, number>): Row => ({
  scenario,
  metric,
  ours: 20,
  peers,
  ratios: Object.fromEntries(Object.entries(peers).map(([peer, value]) => [peer, 20 / value])),
  spread: { ours: { lowest: 18, highest: 25 } },
});

describe("the tables", () => {
  it("say the median, the spread and the ratio, and a dash where a peer was not asked", () => {
    const told = tablesOf([
      row("fanout-1", "cpuMicrosPerChange", { ws: 10 }),
      row("fanout-10", "cpuMicrosPerChange", { ws: 400, "ws-bundled": 20 }),
    ]);
    expect(told.split("\n")).toEqual([
      "### Fan-out",
      "",
      "| scenario | metric | ours | `ws` | `ws-bundled` |",
      "| --- | --- | --: | --: | --: |",
      "| `fanout-1` | server CPU, µs per change and socket | 20 (18–25) | 10 **2.00** | – |",
      "| `fanout-10` | server CPU, µs per change and socket | 20 (18–25) | 400 **0.05** | 20 **1.00** |",
    ]);
  });

  it("leave out what is only in the file, and families of which nothing was measured", () => {
    const told = tablesOf([row("storm", "queriesPerRoom", {}), row("fanout-1", "bytesPerChange", {})]);
    expect(told).toContain("### Reconnect storm");
    expect(told).not.toContain("Fan-out");
  });

  it("keep large numbers readable", () => {
    expect([20.5, 99_999, 214_000, 1_650_000].map(figure)).toEqual(["20.5", "99999", "214 k", "1.65 M"]);
  });
});
