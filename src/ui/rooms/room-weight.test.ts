import { expect, test } from "vitest";
import type { MyRoom, UnreadThread } from "#shared/rooms.ts";
import { callsIn, countedTitle, waitsBeside, weightOf } from "./room-weight.ts";

const quiet = { unread: 0, mentions: 0, level: "all" as const };
const thread = (isCalled: boolean): UnreadThread => ({ rootId: "root", roomId: "there", unread: 1, isCalled });
const room = (given: Partial<MyRoom>) => ({ kind: "channel", archivedAt: null, ...quiet, ...given }) as MyRoom;

test("a room with something unread is strong, and says how much", () => {
  expect(weightOf({ ...quiet, unread: 4 })).toEqual({ isStrong: true, count: 4, isMention: false });
  expect(weightOf(quiet)).toEqual({ isStrong: false, count: 0, isMention: false });
});

test("ana's name wins over what is merely unread", () => {
  expect(weightOf({ unread: 9, mentions: 2, level: "all" })).toEqual({ isStrong: true, count: 2, isMention: true });
});

test("at level mentions only her name weighs; in a muted room it is shown, without weight", () => {
  expect(weightOf({ unread: 9, mentions: 0, level: "mentions" }).isStrong).toBe(false);
  expect(weightOf({ unread: 9, mentions: 1, level: "mentions" })).toEqual({
    isStrong: true,
    count: 1,
    isMention: true,
  });
  expect(weightOf({ unread: 9, mentions: 0, level: "nothing" })).toEqual({
    isStrong: false,
    count: 0,
    isMention: false,
  });
  expect(weightOf({ unread: 9, mentions: 1, level: "nothing" })).toEqual({
    isStrong: false,
    count: 1,
    isMention: true,
  });
});

test("the title counts mentions and direct messages, not what is archived or muted", () => {
  const rooms = [
    room({ unread: 9, mentions: 2 }),
    room({ kind: "direct", unread: 3 }),
    room({ unread: 50, id: "there" }),
    room({ mentions: 5, archivedAt: "2026-11-20T10:00:00.000Z" }),
    room({ kind: "direct", unread: 7, mentions: 1, level: "nothing", id: "muted" }),
  ];
  expect(callsIn(rooms, [])).toBe(5);
  const inMuted = { ...thread(true), roomId: "muted" };
  expect(callsIn(rooms, [thread(true), thread(false), inMuted]), "and a thread with one").toBe(6);
});

test("what waits beside a room is as loud as its row in the list", () => {
  const here = room({ id: "here", unread: 3, mentions: 3 });
  const beside = (given: Partial<MyRoom>, threads: UnreadThread[] = []) =>
    waitsBeside([here, room({ id: "there", ...given })], threads, "here");
  expect(beside({})).toBe(null);
  expect(beside({ unread: 1 })).toBe("unread");
  expect(beside({ unread: 1, kind: "direct" })).toBe("unread");
  expect(beside({ unread: 1, mentions: 1 })).toBe("called");
  expect(beside({ unread: 1, mentions: 1, level: "nothing" })).toBe(null);
  expect(beside({}, [thread(false)])).toBe("unread");
  expect(beside({}, [thread(true)])).toBe("called");
  expect(beside({ unread: 1, archivedAt: "2026-11-20T10:00:00.000Z" })).toBe(null);
});

test("a count in the title replaces the one before it, and goes when it is over", () => {
  expect(countedTitle("#lobby, Earshot", 3)).toBe("(3) #lobby, Earshot");
  expect(countedTitle("(3) #lobby, Earshot", 120)).toBe("(99+) #lobby, Earshot");
  expect(countedTitle("(99+) #lobby, Earshot", 0)).toBe("#lobby, Earshot");
});
