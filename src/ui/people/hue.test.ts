import { describe, expect, test } from "vitest";
import { hueOf, initialOf } from "./hue.ts";

describe("a face", () => {
  test("has one hue for ever", () => {
    expect(hueOf("0190a000-0000-7000-8000-000000000001")).toBe(hueOf("0190a000-0000-7000-8000-000000000001"));
  });

  test("has another hue than its neighbour's", () => {
    const hues = Array.from({ length: 20 }, (_, i) => hueOf(`0190a000-0000-7000-8000-0000000000${10 + i}`));
    expect(new Set(hues).size).toBeGreaterThan(15);
    for (const hue of hues) expect(hue).toBeLessThan(360);
  });

  test("shows the first letter, whole", () => {
    expect(["ana", " élodie", "👩‍🚀 dana", "ß", ""].map(initialOf)).toEqual(["A", "É", "👩‍🚀", "SS", "?"]);
  });
});
