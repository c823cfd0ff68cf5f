import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AWAY_AFTER_MS } from "#shared/limits.ts";
import { Idle } from "./idle.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("ana is away when she has touched nothing for five minutes, and back with the first touch", () => {
  const said: boolean[] = [];
  const idle = new Idle((isAway) => said.push(isAway));
  vi.advanceTimersByTime(AWAY_AFTER_MS - 1);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([true]);
  idle.stir();
  idle.stir();
  expect(said).toEqual([true, false]);
  vi.advanceTimersByTime(AWAY_AFTER_MS);
  expect(said).toEqual([true, false, true]);
  idle.stop();
});

test("whoever keeps typing stays", () => {
  const said: boolean[] = [];
  const idle = new Idle((isAway) => said.push(isAway));
  for (let minute = 0; minute < 12; minute++) {
    vi.advanceTimersByTime(60_000);
    idle.stir();
  }
  expect(said).toEqual([]);
  idle.stop();
  vi.advanceTimersByTime(AWAY_AFTER_MS * 2);
  expect(said).toEqual([]);
});
