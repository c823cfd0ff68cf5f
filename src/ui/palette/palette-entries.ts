import type { Profile } from "#shared/people.ts";
import type { MyRoom, Room } from "#shared/rooms.ts";
import { personIn, roomName } from "#ui/rooms/room-label.ts";
import { weightOf } from "#ui/rooms/room-weight.ts";
import { fuzzy } from "./fuzzy.ts";

/** Something to jump to or to do. `hits` are the letters of its label that were typed. */
export type Entry = { key: string; label: string; detail: string; hits: readonly number[] } & (
  | { kind: "room"; room: MyRoom }
  | { kind: "channel"; room: Room }
  | { kind: "person"; person: Profile }
  | { kind: "deed"; deed: Deed }
);
export type Deed = { label: string; words: string; run: () => void };

export type World = {
  rooms: readonly MyRoom[];
  /** Public channels that one is not in, as far as they were found for what is typed. */
  channels: readonly Room[];
  people: readonly Profile[];
  deeds: readonly Deed[];
  viewerId: string;
  /** Rooms opened on this device, the last one first. */
  recent: readonly string[];
  /** How a room's person is called today. */
  nameOf: (room: Room) => string;
};

const MOST_PLACES = 8;
const MOST_DEEDS = 6;
/** Enough to lift a room over its like, not over a much better match. */
const UNREAD = 3;
const RECENT = 2;

type Found = { entry: Entry; score: number };

/** What answers to what was typed, places first. A leading ">" asks for deeds alone. */
export function entriesFor(typed: string, world: World): { places: Entry[]; deeds: Entry[] } {
  const isDeedsOnly = typed.trimStart().startsWith(">");
  const query = typed.replace(/^\s*>?\s*/, "");
  const places = isDeedsOnly
    ? []
    : best([...roomsFor(query, world), ...channelsFor(query, world), ...peopleFor(query, world)], MOST_PLACES);
  return { places, deeds: best(deedsFor(query, world), isDeedsOnly || query ? MOST_DEEDS * 2 : MOST_DEEDS) };
}

function roomsFor(query: string, world: World): Found[] {
  return world.rooms.flatMap((room) => {
    const name = world.nameOf(room);
    const match = fuzzy(query, name) ?? hidden(query, room, world.viewerId);
    if (!match || (room.archivedAt && !query)) return [];
    const detail = room.archivedAt ? "archived" : room.topic;
    const entry: Entry = { kind: "room", key: room.id, label: name, detail, hits: match.hits, room };
    return [{ entry, score: match.score + weightScore(room, world.recent) }];
  });
}

function channelsFor(query: string, { channels, rooms }: World): Found[] {
  if (!query) return [];
  const mine = new Set(rooms.map(({ id }) => id));
  return channels.flatMap((room) => {
    const label = room.slug ?? room.title;
    const match = mine.has(room.id) ? null : fuzzy(query, label);
    if (!match) return [];
    const entry: Entry = { kind: "channel", key: room.id, label, detail: "not joined", hits: match.hits, room };
    return [{ entry, score: match.score }];
  });
}

/** A username finds its person, too, though it is not what is shown. */
function hidden(query: string, room: Room, viewerId: string) {
  const person = personIn(room, viewerId);
  const match = person ? fuzzy(query, person.username) : fuzzy(query, roomName(room));
  return match && { score: match.score, hits: [] };
}

/** People with whom there is no room yet. */
function peopleFor(query: string, { people, rooms, viewerId }: World): Found[] {
  if (!query) return [];
  const met = new Set(rooms.map((room) => personIn(room, viewerId)?.id));
  return people.flatMap((person) => {
    if (met.has(person.id) || person.isDeactivated) return [];
    const shown = fuzzy(query, person.name);
    const match = shown ?? fuzzy(query, person.username);
    if (!match) return [];
    const entry: Entry = {
      kind: "person",
      key: person.id,
      label: person.name,
      detail: `@${person.username}`,
      hits: shown?.hits ?? [],
      person,
    };
    return [{ entry, score: match.score }];
  });
}

function deedsFor(query: string, { deeds }: World): Found[] {
  return deeds.flatMap((deed, at) => {
    const shown = fuzzy(query, deed.label);
    const match = shown ?? fuzzy(query, deed.words);
    if (!match) return [];
    const hits = shown?.hits ?? [];
    const entry: Entry = { kind: "deed", key: deed.label, label: deed.label, detail: "", hits, deed };
    return [{ entry, score: match.score - at / 1000 }];
  });
}

function weightScore(room: MyRoom, recent: readonly string[]): number {
  const { isStrong, isMention } = weightOf(room);
  const at = recent.indexOf(room.id);
  // The room on screen is the one place where nobody wants to go.
  const lately = at > 0 ? RECENT - at / 10 : at === 0 ? -RECENT : 0;
  const spoken = room.lastAt ? Date.parse(room.lastAt) / 1e15 : 0;
  const isCall = isMention || room.kind === "direct";
  return (isStrong ? UNREAD : 0) + (isStrong && isCall ? UNREAD : 0) + lately + spoken;
}

function best(found: Found[], most: number): Entry[] {
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}
