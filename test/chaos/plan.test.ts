import { expect, test } from "vitest";
import { Chance } from "./chance.ts";
import { type Fault, planOf, told } from "./plan.ts";

const SEEDS = Array.from({ length: 60 }, (_, n) => n + 1);

test("the same seed is the same plan, and another seed another", () => {
  expect(planOf(7, 60_000)).toEqual(planOf(7, 60_000));
  expect(planOf(7, 60_000)).not.toEqual(planOf(8, 60_000));
});

test("a longer run of a seed begins as the shorter one", () => {
  const [short, long] = [planOf(7, 30_000), planOf(7, 90_000)];
  const begun = ({ atMs }: { atMs: number }) => atMs < 20_000;
  expect(long.faults.filter(begun)).toEqual(short.faults.filter(begun));
  expect(long.intents.map((all) => all.filter(begun))).toEqual(short.intents.map((all) => all.filter(begun)));
});

test("one to three faults at a time, never two at one place", () => {
  for (const seed of SEEDS) {
    const { faults } = planOf(seed, 60_000);
    for (const one of faults) {
      const overlapping = faults.filter(({ atMs, forMs }) => atMs <= one.atMs && one.atMs <= atMs + forMs);
      expect(overlapping.length).toBeLessThanOrEqual(3);
      expect(new Set(overlapping.map(({ fault }) => `${fault.at} ${fault.which}`)).size).toBe(overlapping.length);
    }
  }
});

test("sixty seeds bring every kind of fault, and each can be told", () => {
  const kinds = (fault: Fault) => `${fault.at} ${fault.kind}`;
  const all = SEEDS.flatMap((seed) => planOf(seed, 60_000).faults.map(({ fault }) => fault));
  expect(new Set(all.map(kinds)).size).toBe(21);
  expect(told({ at: "device", which: 3, kind: "lag", ms: 90, jitterMs: 5 })).toBe("device 3 lag ms=90 jitterMs=5");
});

test("chance is fair enough: every face of a die comes up about as often", () => {
  const chance = new Chance(1);
  const faces = new Map<number, number>();
  for (let n = 0; n < 6_000; n++) {
    const face = chance.between(1, 6);
    faces.set(face, (faces.get(face) ?? 0) + 1);
  }
  expect([...faces.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const count of faces.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
