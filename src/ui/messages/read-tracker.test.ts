import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message } from "#shared/messages.ts";
import { DWELL_MS, firstUnread, isPastUnread, ReadTracker, readUpTo } from "./read-tracker.ts";

function said(seq: number, author = "ben", more: Partial<Message> = {}): Message {
  const nothing = { editedAt: null, deletedAt: null, replyTo: null, threadRoot: null, pinned: null, thread: null };
  const person = { id: author, username: author, name: author };
  const shared = {
    roomId: "lobby",
    clientId: `c${seq}`,
    kind: "text" as const,
    body: "x",
    author: person,
    reactions: [],
  };
  return { id: `m${seq}`, seq, version: seq, createdAt: "2026-11-20T10:00:00.000Z", ...shared, ...nothing, ...more };
}
const all = { floor: 0, hasOlder: false };
const seen = (...seqs: number[]) => {
  const known = new Set(seqs);
  return (seq: number) => known.has(seq);
};

describe("what counts as seen", () => {
  test("is what stayed on screen for a moment", () => {
    const tracker = new ReadTracker();
    tracker.look([1, 2], 0);
    tracker.look([2, 3], DWELL_MS - 1);
    tracker.look([2, 3], DWELL_MS);
    expect([1, 2, 3].map(tracker.hasSeen)).toEqual([false, true, false]);
  });

  test("begins anew when nobody was looking in between, however long it lay there", () => {
    const tracker = new ReadTracker();
    tracker.look([1], 0);
    tracker.away();
    tracker.look([1], 60_000);
    expect(tracker.hasSeen(1)).toBe(false);
    tracker.look([1], 60_000 + DWELL_MS);
    expect(tracker.hasSeen(1)).toBe(true);
  });

  test("is what scrolled past and came back only after a moment of its own", () => {
    const tracker = new ReadTracker();
    tracker.look([1], 0);
    tracker.look([], 100);
    tracker.look([1], 200);
    tracker.look([1], DWELL_MS + 100);
    expect(tracker.hasSeen(1)).toBe(false);
  });

  test("is what lies before whoever answers, at once", () => {
    const tracker = new ReadTracker();
    tracker.look([1], 0);
    tracker.saw([1, 2]);
    expect([1, 2, 3].map(tracker.hasSeen)).toEqual([true, true, false]);
  });

  test("is forgotten when it was marked unread", () => {
    const tracker = new ReadTracker();
    tracker.look([1], 0);
    tracker.look([1], DWELL_MS);
    tracker.forget();
    expect(tracker.hasSeen(1)).toBe(false);
  });
});

describe("how far ana's watermark goes", () => {
  const read = (messages: Message[], from: number, hasSeen: (seq: number) => boolean, reach = all) =>
    readUpTo({ read: from, messages, reach, viewerId: "ana", hasSeen });

  test("over what was seen, to the last of the run", () => {
    expect(read([said(1), said(2), said(3)], 0, seen(1, 2))).toBe(2);
  });

  test("never over a message that nobody saw, whatever was seen beyond it", () => {
    expect(read([said(1), said(2), said(3)], 0, seen(1, 3))).toBe(1);
    expect(read([said(1), said(2), said(3)], 0, seen(2, 3))).toBe(0);
  });

  test("not over what is not loaded", () => {
    const reach = { floor: 5, hasOlder: true };
    expect(read([said(5), said(6)], 2, seen(5, 6), reach)).toBe(2);
    expect(read([said(5), said(6)], 4, seen(5, 6), reach), "right above it nothing is missing").toBe(6);
  });

  test("over what is hers, deleted, or said by the room, without looking", () => {
    const gone = said(3, "ben", { deletedAt: "2026-11-20T10:00:00.000Z" });
    const joined = said(4, "ben", { kind: "system" });
    expect(read([said(1), said(2, "ana"), gone, joined, said(5)], 0, seen(1))).toBe(4);
  });

  test("nowhere for her own words alone", () => {
    expect(read([said(1, "ana"), said(2, "ana")], 0, seen())).toBe(0);
  });

  test("in no case over somebody's message that was not seen", () => {
    const rows = fc.array(fc.record({ author: fc.constantFrom("ana", "ben"), isSeen: fc.boolean() }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, fc.nat(30), (spoken, from) => {
        const messages = spoken.map(({ author }, index) => said(index + 1, author));
        const hasSeen = (seq: number) => spoken[seq - 1]?.isSeen ?? false;
        const end = read(messages, from, hasSeen);
        expect(end).toBeGreaterThanOrEqual(from);
        for (const { seq, author } of messages)
          if (seq > from && seq <= end && author.id === "ben") expect(hasSeen(seq)).toBe(true);
      }),
    );
  });
});

test("the first unread message is the first of somebody else", () => {
  const messages = [said(1), said(2, "ana"), said(3, "ben", { kind: "system" }), said(4)];
  expect(firstUnread(messages, 1, "ana")?.seq).toBe(4);
  expect(firstUnread(messages, 4, "ana")).toBe(null);
});

describe("whether ana came to the end past something unread", () => {
  const messages = [1, 2, 3, 4].map((seq) => said(seq));
  const isPast = (onScreen: number[], hasSeen: (seq: number) => boolean, read = 1, reach = all) =>
    isPastUnread({ read, messages, reach, viewerId: "ana", hasSeen }, onScreen);

  test("she did, where the end has been looked at and the first of it is out of sight", () => {
    expect(isPast([3, 4], seen(3, 4))).toBe(true);
    expect(isPast([3, 4], seen(3)), "only a moment ago").toBe(false);
    expect(isPast([2, 3, 4], seen(3, 4)), "it is before her").toBe(false);
    expect(isPast([2, 3], seen(4)), "she has left the end").toBe(false);
    expect(isPast([4], seen(4), 4), "nothing is unread").toBe(false);
  });

  test("what is not loaded is out of sight", () => {
    expect(isPast([2, 3, 4], seen(2, 3, 4), 0, { floor: 2, hasOlder: true })).toBe(true);
    expect(isPast([2, 3, 4], seen(2, 3, 4), 1, { floor: 2, hasOlder: true })).toBe(false);
  });
});
