import { describe, expect, test } from "vitest";
import { TYPING_SHOWN_MS } from "#shared/limits.ts";
import type { Receipt } from "#shared/rooms.ts";
import { applyActivity, faded, NO_ACTIVITY, spoke, typingWords } from "./activity.ts";

const types = (userId: string, threadRoot: string | null = null) => ({ type: "typing", userId, threadRoot }) as const;
const mark = (userId: string, lastReadSeq: number): Receipt => ({
  ...{ userId, lastReadSeq, lastDeliveredSeq: lastReadSeq },
  ...{ fromSeq: 0, readAt: null, deliveredAt: null },
});

describe("who is typing", () => {
  test("is shown for five seconds after the last word of it", () => {
    let state = applyActivity(NO_ACTIVITY, types("ben"), 0);
    state = applyActivity(state, types("ben"), 2_000);
    expect(faded(state, TYPING_SHOWN_MS).typing).toHaveLength(1);
    expect(faded(state, 2_000 + TYPING_SHOWN_MS).typing).toHaveLength(0);
  });

  test("is over when their message arrives, in that place and no other", () => {
    let state = applyActivity(NO_ACTIVITY, types("ben"), 0);
    state = applyActivity(state, types("ben", "m1"), 0);
    state = applyActivity(state, types("cleo"), 0);
    expect(spoke(state, "ben", null, 100).typing.map(({ userId, threadRoot }) => [userId, threadRoot])).toEqual([
      ["ben", "m1"],
      ["cleo", null],
    ]);
  });

  test("is not believed when it was said before their message and told after it", () => {
    const state = spoke(NO_ACTIVITY, "ben", null, 1_000);
    expect(applyActivity(state, types("ben"), 1_400).typing).toHaveLength(0);
    expect(applyActivity(state, types("ben"), 4_000).typing).toHaveLength(1);
  });

  test("is told by name up to two", () => {
    expect(typingWords([])).toBe("");
    expect(typingWords(["Ana"])).toBe("Ana is typing");
    expect(typingWords(["Ana", "Ben"])).toBe("Ana and Ben are typing");
    expect(typingWords(["Ana", "Ben", "Cleo"])).toBe("Several people are typing");
  });
});

test("watermarks: first all of them, then those that moved", () => {
  const all = applyActivity(
    NO_ACTIVITY,
    { type: "receipts", isAll: true, receipts: [mark("ben", 3), mark("cleo", 1)] },
    0,
  );
  const moved = applyActivity(all, { type: "receipts", isAll: false, receipts: [mark("cleo", 4)] }, 0);
  expect([...moved.receipts.values()].map(({ userId, lastReadSeq }) => [userId, lastReadSeq])).toEqual([
    ["ben", 3],
    ["cleo", 4],
  ]);
  const again = applyActivity(moved, { type: "receipts", isAll: true, receipts: [mark("ben", 5)] }, 0);
  expect(again.receipts.size).toBe(1);
});
