import { describe, expect, test } from "vitest";
import type { Message } from "#shared/messages.ts";
import type { Receipt } from "#shared/rooms.ts";
import { byWord, standingOf } from "./standing.ts";

const message = { seq: 10, author: { id: "ana" } } as Message;
const receipts = (...marks: [string, number, number, string?][]) =>
  new Map(
    marks.map(([userId, lastReadSeq, lastDeliveredSeq, readAt = null]): [string, Receipt] => [
      userId,
      { userId, fromSeq: 0, lastReadSeq, lastDeliveredSeq, readAt, deliveredAt: null },
    ]),
  );

describe("how far ana's message has come", () => {
  test("sent, then on ben's device, then before ben's eyes", () => {
    expect(standingOf(message, receipts(["ben", 9, 9]), "ana").state).toBe("sent");
    expect(standingOf(message, receipts(["ben", 9, 10]), "ana").state).toBe("delivered");
    expect(standingOf(message, receipts(["ben", 10, 10]), "ana").state).toBe("read");
  });

  test("her own watermark says nothing of it", () => {
    expect(standingOf(message, receipts(["ana", 20, 20]), "ana").state).toBe("sent");
  });

  test("whoever came later has not seen it, however far they have read", () => {
    const ben = { userId: "ben", lastReadSeq: 12, lastDeliveredSeq: 12, readAt: null, deliveredAt: null };
    const cameAt = (fromSeq: number) => standingOf(message, new Map([["ben", { ...ben, fromSeq }]]), "ana").state;
    expect([cameAt(10), cameAt(9)]).toEqual(["sent", "read"]);
  });

  test("who read last comes first", () => {
    const all = receipts(
      ["ben", 10, 10, "2026-11-20T10:00:00Z"],
      ["cleo", 11, 11, "2026-11-20T10:05:00Z"],
      ["dana", 9, 11],
    );
    expect(standingOf(message, all, "ana").readers.map(({ userId }) => userId)).toEqual(["cleo", "ben"]);
  });
});

test("the time of a mark is a message's own only as long as the mark stands at it", () => {
  expect(byWord(10, message)).toBe("");
  expect(byWord(11, message), "read by then, perhaps long before").toBe("by ");
});
