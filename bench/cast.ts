/** Somebody at the load generator: what a browser of theirs would know. */
export type Person = { id: string; cookie: string };

/** Who is where. Persons 2n and 2n+1 share `pairs[n]`, 20n to 20n+19 `twenties[n]`; the first ones are in all of the bigger rooms. */
export type Cast = {
  people: Person[];
  hall: string;
  annex: string;
  crowd: string;
  pairs: string[];
  twenties: string[];
};

/** How large a cast is. Everybody has a room of twenty. */
export type CastSize = { people: number; hall: number; crowd: number; pairs: number };

export const PER_TWENTY = 20;

/** A socket to be: whose, and which room it watches. */
export type Place = { person: Person; roomId: string };

/** One room after another, so many people in each. Rooms stand together: a part of the list is whole rooms. */
export type Seating = { name: string; perRoom: number; places: Place[] };

export function seatingIn(cast: Cast, name: "hall" | "crowd" | "pairs", size: CastSize): Seating {
  if (name === "pairs") return seatsOf(cast, name, cast.pairs, 2, 0);
  const count = name === "hall" ? size.hall : size.crowd;
  return seatsOf(cast, name, [name === "hall" ? cast.hall : cast.crowd], count, 0);
}

/** `rooms` rooms of twenty, before the last `after` ones: the people at the end are in no bigger room, whose lists would be counted along. */
export function twentiesIn(cast: Cast, rooms: number, after = 0): Seating {
  const end = Math.max(0, cast.twenties.length - after);
  const first = Math.max(0, end - rooms);
  return seatsOf(cast, `twenties-${rooms}`, cast.twenties.slice(first, end), PER_TWENTY, first * PER_TWENTY);
}

function seatsOf(cast: Cast, name: string, rooms: string[], perRoom: number, firstPerson: number): Seating {
  const places = rooms.flatMap((roomId, room) =>
    cast.people
      .slice(firstPerson + room * perRoom, firstPerson + (room + 1) * perRoom)
      .map((person) => ({ person, roomId })),
  );
  return { name, perRoom, places };
}

/** Whole rooms to each of `parts` generators, as evenly as rooms allow; a part may be empty. */
export function split({ perRoom, places }: Seating, parts: number): Place[][] {
  const rooms = places.length / perRoom;
  const edge = (part: number) => Math.round((rooms * part) / parts) * perRoom;
  return Array.from({ length: parts }, (_, part) => places.slice(edge(part), edge(part + 1)));
}

/** A length of an ordinary message. The number in front is how the load generator knows it again. */
const WORDS = "shall we move the stand-up to half past nine, so that the early ones can make it?";
export const bodyOf = (number: number): string => `#${number} ${WORDS}`;
