import { describe, expect, test } from "vitest";
import type { ErrorCode } from "#shared/errors.ts";
import { isCounted, verdictOn } from "./verdict.ts";

const refusal = (reason: ErrorCode | null, retryAfterMs: number | null = null) => ({
  reason,
  sentence: "No.",
  retryAfterMs,
});

describe("a message of ana's that did not go out", () => {
  test("waits while the link is down, however often it was tried", () => {
    expect(verdictOn(refusal(null), 9, false)).toEqual({ kind: "wait" });
  });

  test.each(["UNAVAILABLE", "FORBIDDEN"] as const)("waits on %s for ever: it is not the message's fault", (reason) => {
    for (const isLinkLive of [true, false]) {
      expect(verdictOn(refusal(reason), 99, isLinkLive)).toEqual({ kind: "wait" });
      expect(isCounted(refusal(reason), isLinkLive)).toBe(false);
    }
  });

  test("is tried three times over a live link, then it has failed", () => {
    expect(verdictOn(refusal(null), 1, true)).toEqual({ kind: "retry" });
    expect(verdictOn(refusal("INTERNAL"), 2, true)).toEqual({ kind: "retry" });
    expect(verdictOn(refusal("INTERNAL"), 3, true)).toMatchObject({ kind: "fail" });
    expect(verdictOn(refusal(null), 3, true)).toMatchObject({ kind: "fail" });
  });

  test("a silence counts only while the link says live; a fault of the server counts always", () => {
    expect([isCounted(refusal(null), true), isCounted(refusal(null), false)]).toEqual([true, false]);
    expect([isCounted(refusal("INTERNAL"), true), isCounted(refusal("INTERNAL"), false)]).toEqual([true, true]);
  });

  test("makes the whole outbox pause when the server says so", () => {
    expect(verdictOn(refusal("TOO_MANY_REQUESTS", 1200), 1, true)).toEqual({
      kind: "pause",
      forMs: 1200,
      isBusy: false,
    });
    expect(verdictOn(refusal("TOO_BUSY", 300), 99, false)).toEqual({ kind: "pause", forMs: 300, isBusy: true });
  });

  test.each(["INVALID", "CONFLICT", "NOT_FOUND", "TOO_LONG", "ARCHIVED"] as const)(
    "has failed for good on %s, with the server's own words",
    (reason) => {
      expect(verdictOn(refusal(reason), 1, true)).toEqual({
        kind: "fail",
        sentence: "Not sent. No.",
        // Under its old name it could only fail again.
        needsNewName: reason === "CONFLICT",
      });
    },
  );

  test("is kept for after signing in", () =>
    expect(verdictOn(refusal("UNAUTHORIZED"), 1, true)).toEqual({ kind: "sign-in" }));
});
