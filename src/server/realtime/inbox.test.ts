import { expect, test } from "vitest";
import type { MyRoom, RoomCounts } from "#shared/rooms.ts";
import { unbounded } from "#test/me.ts";
import { Inbox } from "./inbox.ts";

/** What waits for a reader who is busy: bounded, and in an order in which nothing older undoes what is newer. */
const counts = (roomId: string, unread: number): RoomCounts & { roomId: string } => ({
  roomId,
  unread,
  mentions: 0,
  lastReadSeq: 0,
  lastSeq: unread,
  lastAt: null,
});
const room = (id: string, title: string) => ({ id, title }) as MyRoom;
const presence = (userId: string, state: "online" | "offline") => ({ userId, state, lastSeenAt: null });
const inbox = () => new Inbox("ana", () => {});

test("news of one thing is told once, as it was last", async () => {
  const mine = inbox();
  for (let unread = 1; unread <= 1_000; unread++) mine.push({ type: "counts", counts: [counts("kitchen", unread)] });
  mine.push({ type: "counts", counts: [counts("attic", 7)] });
  expect(await mine.next(unbounded)).toEqual([
    { type: "counts", counts: [counts("kitchen", 1_000), counts("attic", 7)] },
  ]);
});

test("a list takes the place of the counts and settings that came before it; those that come after it are told after it", async () => {
  const mine = inbox();
  mine.push({ type: "counts", counts: [counts("kitchen", 1)] });
  mine.push({ type: "room", room: room("kitchen", "old") });
  mine.push({ type: "rooms", rooms: [room("kitchen", "new")] });
  mine.push({ type: "counts", counts: [counts("attic", 2)] });
  expect(await mine.next(unbounded)).toEqual([
    { type: "rooms", rooms: [room("kitchen", "new")] },
    { type: "counts", counts: [counts("attic", 2)] },
  ]);
});

test("who came and went after everybody was told stays a part of everybody", async () => {
  const mine = inbox();
  mine.push({ type: "presence", isAll: false, presence: [presence("cleo", "online")] });
  mine.push({ type: "presence", isAll: true, presence: [presence("ben", "online")] });
  mine.push({ type: "presence", isAll: false, presence: [presence("ben", "offline")] });
  expect(await mine.next(unbounded)).toEqual([
    { type: "presence", isAll: true, presence: [presence("ben", "offline")] },
  ]);
});

test("a reader who waits is woken by what comes, by the end, and by a failure", async () => {
  const [mine, ended, failed] = [inbox(), inbox(), inbox()];
  const waiting = [
    mine.next(unbounded),
    ended.next(unbounded),
    failed.next(unbounded).catch((error: Error) => error.message),
  ];
  mine.push({ type: "threads", threads: [] });
  ended.close();
  failed.fail(new Error("away"));
  expect(await Promise.all(waiting)).toEqual([[{ type: "threads", threads: [] }], null, "away"]);
  ended.push({ type: "threads", threads: [] });
  expect(await ended.next(unbounded)).toBeNull();
});
