import { expect, test } from "vitest";
import { percentilesOf, Tally } from "./durations.ts";

const tallied = (durations: number[]) => {
  const tally = new Tally();
  for (const ms of durations) tally.add(ms);
  return tally.take();
};
const near = (ms: number, expected: number) => expect(Math.abs(ms - expected) / expected).toBeLessThan(0.04);

test("percentiles come out within four per cent of what was counted", () => {
  const all = percentilesOf([tallied(Array.from({ length: 1_000 }, (_, n) => n + 1))]);
  if (!all) throw new Error("Nothing was counted.");
  near(all.p50, 500);
  near(all.p95, 950);
  near(all.p99, 990);
});

test("a slow node among quick ones shows as the part of messages that it carried", () => {
  const [quick, slow] = [tallied(Array(97).fill(2)), tallied(Array(3).fill(800))];
  const both = percentilesOf([quick, slow]);
  if (!both) throw new Error("Nothing was counted.");
  near(both.p50, 2);
  near(both.p95, 2);
  near(both.p99, 800);
});

test("of nothing there are no percentiles, and what was taken is not counted again", () => {
  const tally = new Tally();
  tally.add(5);
  expect(tally.take()).toHaveLength(1);
  expect(tally.take()).toEqual([]);
  expect(percentilesOf([[], []])).toBeNull();
});

test("what is under a tenth of a millisecond, or below nothing because two clocks differ, is counted as that", () => {
  expect(percentilesOf([tallied([0, -3, 0.05])])?.p50).toBe(0.1);
});
