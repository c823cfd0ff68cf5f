import type { Presence, Profile } from "#shared/people.ts";
import type { MeEvent, MyRoom, UnreadThread } from "#shared/rooms.ts";

/** What `me.feed` has told so far. */
export type MeState = {
  rooms: ReadonlyMap<string, MyRoom>;
  people: ReadonlyMap<string, Profile>;
  /** Who is here; who is not in it is offline. */
  presence: ReadonlyMap<string, Presence>;
  threads: readonly UnreadThread[];
  saved: ReadonlySet<string>;
};

export function noMe(rooms: readonly MyRoom[] = []): MeState {
  return { rooms: byId(rooms), people: new Map(), presence: new Map(), threads: [], saved: new Set() };
}

/** Takes in one event. `node` is the connection's matter, and changes nothing here. */
export function applyMe(state: MeState, event: MeEvent): MeState {
  switch (event.type) {
    case "rooms":
      return { ...state, rooms: kept(state.rooms, byId(event.rooms)) };
    case "room": {
      const known = state.rooms.get(event.room.id);
      return known ? { ...state, rooms: new Map(state.rooms).set(known.id, { ...known, ...event.room }) } : state;
    }
    case "counts": {
      const rooms = new Map(state.rooms);
      for (const { roomId, ...counts } of event.counts) {
        const known = rooms.get(roomId);
        // A room that has been left meanwhile has no counts.
        if (known) rooms.set(roomId, { ...known, ...counts });
      }
      return { ...state, rooms };
    }
    case "people": {
      const people = merged(event.isAll ? [] : state.people, event.people, (person) => person.id);
      return { ...state, people: kept(state.people, people) };
    }
    case "presence": {
      const presence = merged(event.isAll ? [] : state.presence, event.presence, (one) => one.userId);
      return { ...state, presence: kept(state.presence, presence) };
    }
    case "threads":
      return { ...state, threads: event.threads };
    case "saved":
      return { ...state, saved: new Set(event.messageIds) };
    case "node":
      return state;
    // A server that is newer than this page may tell of more.
    default:
      return state;
  }
}

function byId(rooms: readonly MyRoom[]): ReadonlyMap<string, MyRoom> {
  return new Map(rooms.map((room) => [room.id, room]));
}

/** Rows that say what they said before stay the same objects: a fresh list of 500 rooms redraws those that changed. */
function kept<Row>(known: ReadonlyMap<string, Row>, rows: ReadonlyMap<string, Row>): ReadonlyMap<string, Row> {
  const next = new Map<string, Row>();
  for (const [id, row] of rows) {
    const before = known.get(id);
    next.set(id, before && JSON.stringify(before) === JSON.stringify(row) ? before : row);
  }
  return next;
}

function merged<Row>(known: Iterable<[string, Row]>, rows: readonly Row[], keyOf: (row: Row) => string) {
  const all = new Map(known);
  for (const row of rows) all.set(keyOf(row), row);
  return all;
}
