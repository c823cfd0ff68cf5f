import { describe, expect, it } from "vitest";
import { median, quantile, rounded } from "./statistics.ts";

describe("the statistics", () => {
  it("take the middle of an odd number, and the mean of the two middle ones of an even number", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
  });

  it("do not take a lonely outlier for the middle, and leave what they were given in its order", () => {
    const values = [3, 1_000_000, 2];
    expect(median(values)).toBe(3);
    expect(values).toEqual([3, 1_000_000, 2]);
  });

  it("find the ninety-ninth of a hundred, and the only one of one", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(hundred, 0.99)).toBe(100);
    expect(quantile(hundred, 0.5)).toBe(51);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it("say that there is nothing rather than zero", () => {
    expect(median([])).toBeNaN();
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("keep three digits", () => {
    expect(rounded(12_345)).toBe(12_300);
    expect(rounded(0.012345)).toBe(0.0123);
  });
});
