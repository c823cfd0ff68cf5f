import { expect, test } from "vitest";
import { endOf, isOver, statusWords } from "./status.ts";

const friday = new Date(2026, 10, 20, 15, 30);

test("a status for minutes or hours ends after them", () => {
  expect(endOf("30m", friday)?.getTime()).toBe(friday.getTime() + 30 * 60_000);
  expect(endOf("4h", friday)?.getTime()).toBe(friday.getTime() + 4 * 60 * 60_000);
  expect(endOf("never", friday)).toBeNull();
});

test("today ends at ana's midnight, the week on Monday", () => {
  expect(endOf("today", friday)).toEqual(new Date(2026, 10, 21));
  expect(endOf("week", friday)).toEqual(new Date(2026, 10, 23));
  expect(endOf("week", new Date(2026, 10, 23, 0, 0))).toEqual(new Date(2026, 10, 30));
});

test("a status is over at its end, and never without one", () => {
  const status = { emoji: "🥐", text: "At the bakery", until: friday.toISOString() };
  expect(isOver(status, friday.getTime() - 1)).toBe(false);
  expect(isOver(status, friday.getTime())).toBe(true);
  expect(isOver({ ...status, until: null }, friday.getTime())).toBe(false);
  expect(statusWords({ ...status, text: "" })).toBe("🥐");
});
