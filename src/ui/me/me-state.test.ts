import { expect, test } from "vitest";
import type { MyRoom } from "#shared/rooms.ts";
import { applyMe, noMe } from "./me-state.ts";

const room = (id: string, news: Partial<MyRoom> = {}) => ({ id, title: id, unread: 0, mentions: 0, ...news }) as MyRoom;
const ana = { id: "ana", username: "ana", name: "Ana" } as never;
const ben = { id: "ben", username: "ben", name: "Ben" } as never;

test("counts change what they name, and leave the rest of a room and the other rooms alone", () => {
  const before = noMe([room("lobby"), room("kitchen", { unread: 3 })]);
  const counts = { roomId: "lobby", unread: 2, mentions: 1, lastReadSeq: 4, lastSeq: 6, lastAt: null };
  const after = applyMe(before, { type: "counts", counts: [counts] });
  expect(after.rooms.get("lobby")).toMatchObject({
    title: "lobby",
    unread: 2,
    mentions: 1,
    lastReadSeq: 4,
    lastSeq: 6,
  });
  expect(after.rooms.get("kitchen")).toBe(before.rooms.get("kitchen"));
});

test("counts of a room that was left bring nothing back", () => {
  const counts = { roomId: "gone", unread: 2, mentions: 0, lastReadSeq: 0, lastSeq: 2, lastAt: null };
  expect(applyMe(noMe([room("lobby")]), { type: "counts", counts: [counts] }).rooms.has("gone")).toBe(false);
});

test("a list of rooms replaces the list", () => {
  const after = applyMe(noMe([room("kitchen")]), { type: "rooms", rooms: [room("lobby")] });
  expect([...after.rooms.keys()]).toEqual(["lobby"]);
});

test("people who changed are added to those known; all people replace them", () => {
  const first = applyMe(noMe(), { type: "people", isAll: true, people: [ana] });
  const both = applyMe(first, { type: "people", isAll: false, people: [ben] });
  expect([...both.people.keys()]).toEqual(["ana", "ben"]);
  expect([...applyMe(both, { type: "people", isAll: true, people: [ben] }).people.keys()]).toEqual(["ben"]);
});

test("whoever is not told of is offline again after everything was told anew", () => {
  const online = (userId: string) => ({ userId, state: "online" as const, lastSeenAt: null });
  const first = applyMe(noMe(), { type: "presence", isAll: true, presence: [online("ana"), online("ben")] });
  const anew = applyMe(first, { type: "presence", isAll: true, presence: [online("ben")] });
  expect(anew.presence.has("ana")).toBe(false);
});

test("a room that comes again as it was is the same object, so that its row is not drawn again", () => {
  const before = noMe([room("lobby"), room("kitchen")]);
  const after = applyMe(before, { type: "rooms", rooms: [room("lobby"), { ...room("kitchen"), title: "canteen" }] });
  expect(after.rooms.get("lobby")).toBe(before.rooms.get("lobby"));
  expect(after.rooms.get("kitchen")?.title).toBe("canteen");
});
