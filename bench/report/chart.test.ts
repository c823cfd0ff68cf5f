import { describe, expect, it } from "vitest";
import { chartOf, timesBetter } from "./chart.ts";
import type { Row } from "./rows.ts";

const row = (scenario: string, metric: string, ratios: Record<string, number>): Row => ({
  scenario,
  metric,
  ours: 1,
  peers: {},
  ratios,
  spread: {},
});
const ROWS = [
  row("fanout-1", "cpuMicrosPerChange", { ws: 1.25, trpc: 0.25 }),
  row("durable-100x2", "sendsPerSecond", { "naive-notify": 4 }),
  row("durable-100x2", "p50Millis", { "naive-notify": 0.2 }),
];

/** Every element is closed in order, and every attribute stands in quotes. */
function assertWellFormed(text: string): void {
  const open: string[] = [];
  for (const [tag, slash = "", name = "", rest = ""] of text.matchAll(/<(\/?)([a-z]+)([^>]*)>/g)) {
    if (slash) expect(open.pop(), tag).toBe(name);
    else if (!rest.endsWith("/")) open.push(name);
    expect(
      rest
        .replace(/\s[a-zA-Z][\w-]*="[^"<]*"/g, "")
        .replace("/", "")
        .trim(),
      tag,
    ).toBe("");
  }
  expect(open).toEqual([]);
}

describe("the chart", () => {
  it("is well-formed, whatever a machine is called", () => {
    assertWellFormed(chartOf(ROWS, `AMD <EPYC> & "friends"`));
    expect(chartOf(ROWS, "A & B <C>")).toContain("A &amp; B &lt;C&gt;");
  });

  it("says better for half the CPU and for twice the sends", () => {
    expect(timesBetter("cpuMicrosPerChange", 0.5)).toBe(2);
    expect(timesBetter("sendsPerSecond", 2)).toBe(2);
  });

  it("has one bar for each peer of each scenario's headline, and says on which side of even it is", () => {
    const drawn = chartOf(ROWS, "");
    expect(drawn.match(/class="better"/g)).toHaveLength(2);
    expect(drawn.match(/class="worse"/g)).toHaveLength(1);
    expect(drawn).toContain(">0.80<");
    expect(drawn).toContain(">4.0<");
  });

  it("keeps what is off the scale on the paper", () => {
    const drawn = chartOf([row("fanout-1", "cpuMicrosPerChange", { ws: 0.0001, trpc: 900 })], "");
    for (const [, at, width] of drawn.matchAll(
      /<rect class="(?:better|worse)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g,
    )) {
      expect(Number(at)).toBeGreaterThan(0);
      expect(Number(at) + Number(width)).toBeLessThan(760);
    }
  });

  it("leaves out what has no ratio, and is a chart also of nothing", () => {
    assertWellFormed(chartOf([row("idle", "bytesPerSocket", {})], ""));
    expect(chartOf([], "")).not.toContain('class="better"');
  });
});
