import { describe, expect, test } from "vitest";
import { dayName, dayOf, timeOf } from "./clock.ts";

const clock = { zone: "Europe/Paris", today: "2026-10-16" };

describe("days and times as ana sees them", () => {
  test("times are hers, not the server's", () => {
    expect(timeOf("2026-10-16T22:30:00.000Z", clock)).toBe("00:30");
    expect(timeOf("2026-10-16T22:30:00.000Z", { zone: "UTC", today: null })).toBe("22:30");
  });

  test("a day ends at her midnight", () => {
    expect(dayOf("2026-10-16T22:30:00.000Z", "Europe/Paris")).toBe("2026-10-17");
    expect(dayOf("2026-10-16T22:30:00.000Z", "America/New_York")).toBe("2026-10-16");
  });

  test("today and yesterday are called so, last year has its number", () => {
    expect(["2026-10-16", "2026-10-15", "2026-03-01", "2025-12-31"].map((day) => dayName(day, clock))).toEqual([
      "Today, 16 October",
      "Yesterday, 15 October",
      "1 March",
      "31 December 2025",
    ]);
  });

  test("the server, which does not know the day, says the whole date", () => {
    expect(dayName("2026-10-16", { zone: "UTC", today: null })).toBe("16 October 2026");
  });
});
