import { describe, expect, test } from "vitest";
import type { ErrorCode } from "#shared/errors.ts";
import { verdictOn } from "./verdict.ts";

const refusal = (reason: ErrorCode | null, retryAfterMs: number | null = null) => ({
  reason,
  sentence: "No.",
  retryAfterMs,
});

describe("a message of ana's that did not go out", () => {
  test("waits while the link is down, however often it was tried", () => {
    expect(verdictOn(refusal(null), 9, false)).toEqual({ kind: "wait" });
    expect(verdictOn(refusal("UNAVAILABLE"), 9, false)).toEqual({ kind: "wait" });
  });

  test("is tried three times over a live link, then it has failed", () => {
    expect(verdictOn(refusal(null), 1, true)).toEqual({ kind: "retry", afterMs: 2000 });
    expect(verdictOn(refusal("INTERNAL"), 2, true)).toEqual({ kind: "retry", afterMs: 4000 });
    expect(verdictOn(refusal("UNAVAILABLE"), 3, true)).toMatchObject({ kind: "fail" });
  });

  test("makes the whole outbox pause when the server says so", () => {
    expect(verdictOn(refusal("TOO_MANY_REQUESTS", 1200), 1, true)).toEqual({ kind: "pause", forMs: 1200 });
    expect(verdictOn(refusal("TOO_BUSY", 300), 1, false)).toEqual({ kind: "pause", forMs: 300 });
  });

  test.each(["INVALID", "CONFLICT", "NOT_FOUND", "TOO_LONG", "ARCHIVED"] as const)(
    "has failed for good on %s, with the server's own words",
    (reason) => {
      expect(verdictOn(refusal(reason), 1, true)).toEqual({ kind: "fail", sentence: "Not sent. No." });
    },
  );

  test("is kept for after signing in", () =>
    expect(verdictOn(refusal("UNAUTHORIZED"), 1, true)).toEqual({ kind: "sign-in" }));
});
