import { describe, expect, it } from "vitest";
import { type Cast, type CastSize, PER_TWENTY, seatingIn, split, twentiesIn } from "./cast.ts";

const SIZE: CastSize = { people: 100, hall: 30, crowd: 10, pairs: 8 };
const named = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}-${index}`);
const cast: Cast = {
  people: named("person", SIZE.people).map((id) => ({ id, cookie: "" })),
  hall: "hall",
  annex: "annex",
  crowd: "crowd",
  pairs: named("pair", SIZE.pairs),
  twenties: named("twenty", SIZE.people / PER_TWENTY),
};

describe("who sits where", () => {
  it("is two to a room, neighbours in the list", () => {
    const { places } = seatingIn(cast, "pairs", SIZE);
    expect(places).toHaveLength(16);
    expect(places.slice(2, 4).map(({ person, roomId }) => `${person.id} in ${roomId}`)).toEqual([
      "person-2 in pair-1",
      "person-3 in pair-1",
    ]);
  });

  it("takes the last rooms of twenty, whose people are in no bigger room", () => {
    const { places } = twentiesIn(cast, 2);
    expect(places).toHaveLength(40);
    expect([places[0], places.at(-1)].map((place) => `${place?.person.id} in ${place?.roomId}`)).toEqual([
      "person-60 in twenty-3",
      "person-99 in twenty-4",
    ]);
  });

  it("never divides a room between two generators: nobody could say when its last socket has it", () => {
    const seatings = [seatingIn(cast, "pairs", SIZE), twentiesIn(cast, 5), seatingIn(cast, "hall", SIZE)];
    for (const seating of seatings) {
      const parts = split(seating, 2);
      expect(parts.flat()).toEqual(seating.places);
      const [first, second] = parts.map((places) => new Set(places.map(({ roomId }) => roomId)));
      expect([...(first ?? [])].filter((roomId) => second?.has(roomId))).toEqual([]);
    }
  });
});
