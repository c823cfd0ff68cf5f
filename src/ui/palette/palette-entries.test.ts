import { expect, test } from "vitest";
import type { Profile } from "#shared/people.ts";
import type { MyRoom } from "#shared/rooms.ts";
import { roomName } from "#ui/rooms/room-label.ts";
import { entriesFor, type World } from "./palette-entries.ts";

const room = (id: string, given: Partial<MyRoom> = {}) =>
  ({
    id,
    kind: "channel",
    title: id,
    slug: id,
    topic: "",
    archivedAt: null,
    unread: 0,
    mentions: 0,
    level: "all",
    lastAt: null,
    people: null,
    ...given,
  }) as MyRoom;
const person = (id: string, name: string) => ({ id, username: id, name, isDeactivated: false }) as Profile;
const ana = person("ana", "Ana Reis");
const ben = person("ben", "Ben Okafor");
const withBen = room("r-ben", { kind: "direct", slug: null, title: "", people: [ana, ben] });
const world: World = {
  rooms: [room("lobby"), room("mast", { unread: 2 }), room("kitchen", { unread: 1, mentions: 1 }), withBen],
  channels: [],
  people: [ana, ben, person("cleo", "Cleo Martin")],
  deeds: [
    { label: "New channel", words: "create make room", run: () => {} },
    { label: "Settings", words: "preferences profile", run: () => {} },
  ],
  viewerId: "ana",
  recent: ["lobby", "r-ben"],
  nameOf: (one) => roomName(one, "ana"),
};
const keys = (typed: string, part: "places" | "deeds" = "places") =>
  entriesFor(typed, world)[part].map((one) => one.key);

test("before anything is typed: her name, then what is unread, then where she was, and not where she is", () => {
  expect(keys("")).toEqual(["kitchen", "mast", "r-ben", "lobby"]);
});

test("what calls her in a muted room brings it no further up", () => {
  const muted = room("noise", { level: "nothing", unread: 3, mentions: 1 });
  const places = entriesFor("", { ...world, rooms: [...world.rooms, muted] }).places.map((one) => one.key);
  expect(places.indexOf("noise")).toBeGreaterThan(places.indexOf("mast"));
});

test("somebody with whom there is a room is that room; somebody new is a person", () => {
  expect(keys("be")).toContain("r-ben");
  expect(keys("be")).not.toContain("ben");
  expect(keys("martin")).toEqual(["cleo"]);
});

test("a public channel that she is not in is found by its name; one that she joined meanwhile is there once", () => {
  const found = { ...world, channels: [room("brand"), room("mast")] };
  expect(entriesFor("", found).places.map((one) => one.kind)).not.toContain("channel");
  expect(entriesFor("bra", found).places.map(({ key, kind }) => [key, kind])).toEqual([["brand", "channel"]]);
  expect(
    entriesFor("mast", found)
      .places.filter(({ key }) => key === "mast")
      .map(({ kind }) => kind),
  ).toEqual(["room"]);
});

test("an archived room is found by its name, and not offered before", () => {
  const archived = { ...world, rooms: [room("attic", { archivedAt: "2026-11-20T10:00:00.000Z" })] };
  expect(entriesFor("", archived).places).toEqual([]);
  expect(entriesFor("att", archived).places.map((one) => one.detail)).toEqual(["archived"]);
});

test("a sign in front asks for deeds alone, and other words for a deed find it", () => {
  expect(keys("> set")).toEqual([]);
  expect(keys("> set", "deeds")).toEqual(["Settings"]);
  expect(keys("preferences", "deeds")).toEqual(["Settings"]);
});
