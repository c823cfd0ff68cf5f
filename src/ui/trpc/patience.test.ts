import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Patience } from "./patience.ts";

describe("waiting for the server", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("waits double up to the longest, and half of each is chance", () => {
    const patience = new Patience(1000, 10_000, () => 1);
    expect([1, 2, 3, 4, 5, 6].map(() => patience.nextMs())).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(new Patience(1000, 10_000, () => 0).nextMs()).toBe(500);
    patience.reset();
    expect(patience.nextMs()).toBe(1000);
  });

  test("coming back to the tab ends the wait at once", async () => {
    const patience = new Patience(1000, 10_000);
    const waited = patience.wait(10_000);
    patience.wake();
    await waited;
    expect(vi.getTimerCount()).toBe(0);
  });

  test("without a wake the wait ends by itself", async () => {
    const waited = new Patience(1000, 10_000).wait(3000);
    await vi.advanceTimersByTimeAsync(3000);
    await waited;
  });
});
