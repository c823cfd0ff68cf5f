import { expect, test } from "vitest";
import type { MyRoom } from "#shared/rooms.ts";
import { sectionsOf, sectionsSelector } from "./sidebar-sections.ts";

const room = (id: string, given: Partial<MyRoom> = {}): MyRoom =>
  ({
    id,
    kind: "channel",
    slug: null,
    title: id,
    isLobby: false,
    archivedAt: null,
    createdBy: "ana",
    isFavourite: false,
    lastSeq: 1,
    lastAt: null,
    unread: 0,
    ...given,
  }) as MyRoom;
const direct = (id: string, lastAt: string | null, given: Partial<MyRoom> = {}) =>
  room(id, { kind: "direct", lastAt, lastSeq: lastAt ? 1 : 0, ...given });
const asAna = { viewerId: "ana", current: null };

test("the lobby leads, then names in the order in which people read them", () => {
  const rooms = [room("show-10"), room("Zoo"), room("show-9"), room("lobby", { isLobby: true }), room("attic")];
  expect(sectionsOf(rooms, asAna).channels).toEqual(["lobby", "attic", "show-9", "show-10", "Zoo"]);
});

test("direct rooms stand by their last word, favourites in one place only", () => {
  const rooms = [
    direct("ben", "2026-11-20T10:00:00.000Z"),
    direct("cleo", "2026-11-20T11:00:00.000Z"),
    room("kitchen", { isFavourite: true }),
    room("band", { kind: "group" }),
  ];
  expect(sectionsOf(rooms, asAna)).toEqual({
    favourites: ["kitchen"],
    channels: [],
    groups: ["band"],
    directs: ["cleo", "ben"],
  });
});

test("a direct room without a word is shown to who opened it, and while it is open", () => {
  const silent = direct("ben", null, { createdBy: "ben" });
  expect(sectionsOf([silent], asAna).directs).toEqual([]);
  expect(sectionsOf([silent], { viewerId: "ana", current: "ben" }).directs).toEqual(["ben"]);
  expect(sectionsOf([silent], { viewerId: "ben", current: null }).directs).toEqual(["ben"]);
});

test("what is archived is not in the list", () => {
  expect(sectionsOf([room("attic", { archivedAt: "2026-11-20T10:00:00.000Z" })], asAna).channels).toEqual([]);
});

test("a new count leaves the list as it was; a new name does not", () => {
  const select = sectionsSelector(asAna);
  const map = (...rooms: MyRoom[]) => ({ rooms: new Map(rooms.map((one) => [one.id, one])) });
  const before = select(map(room("attic"), room("kitchen")));
  expect(select(map(room("attic", { unread: 3 }), room("kitchen")))).toBe(before);
  expect(select(map(room("attic", { title: "zenith" }), room("kitchen"))).channels).toEqual(["kitchen", "attic"]);
});
