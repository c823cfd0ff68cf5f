import { expect, test } from "vitest";
import { linear, logarithmic, pathOf } from "./scale.ts";

test("a linear scale ends at a round number that nothing exceeds", () => {
  expect(linear([3, 41]).ticks).toEqual([0, 25, 50]);
  expect(linear([]).ticks).toEqual([0, 3, 6]);
  expect(linear([1_000]).at(1_000)).toBe(1);
  expect(linear([1_001]).ticks.at(-1)).toBe(2_000);
});

test("a logarithmic scale covers what there is by powers of ten", () => {
  expect(logarithmic([]).ticks).toEqual([1, 10, 100]);
  const { ticks, at } = logarithmic([0.4, 1_700]);
  expect(ticks).toEqual([0.1, 1, 10, 100, 1_000, 10_000]);
  expect(at(0.1)).toBeCloseTo(0);
  expect(at(10_000)).toBeCloseTo(1);
  expect(at(0.01), "below the foot is the foot").toBe(0);
});

test("a line is broken where nobody said anything, and a minute alone is a dot", () => {
  const scale = { at: (value: number) => value, ticks: [] };
  expect(pathOf([0, 1, null, 1, null], scale)).toBe(
    "M0.0000 1.0000L0.0000 1.0000L0.2500 0.0000M0.7500 0.0000L0.7500 0.0000",
  );
  expect(pathOf([null, null], scale)).toBe("");
});
