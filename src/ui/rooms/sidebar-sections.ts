import type { MyRoom } from "#shared/rooms.ts";

/** The rooms of the list by their ids, each in one section. */
export type Sections = Readonly<Record<SectionName, readonly string[]>>;
export type SectionName = "favourites" | "channels" | "groups" | "directs";

type View = { viewerId: string; current: string | null };

const byWords = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const KINDS = ["channel", "group", "direct"];

/** Lobby first, channels and groups by name, direct rooms by their last word. Archived rooms are not in the list. */
export function sectionsOf(rooms: Iterable<MyRoom>, view: View): Sections {
  const shown = [...rooms].filter((room) => isShown(room, view)).sort(inOrder);
  const of = (kind: MyRoom["kind"]) => shown.filter((room) => !room.isFavourite && room.kind === kind).map(toId);
  return {
    favourites: shown.filter((room) => room.isFavourite).map(toId),
    channels: of("channel"),
    groups: of("group"),
    directs: of("direct"),
  };
}

/**
 * Reads the sections out of what is mine. Answers the same object for as long as no room comes, goes or moves, so that a new
 * count redraws one row, and not the list.
 */
export function sectionsSelector(view: View): (state: { rooms: ReadonlyMap<string, MyRoom> }) => Sections {
  let rooms: ReadonlyMap<string, MyRoom> | null = null;
  let sections: Sections | null = null;
  return (state) => {
    if (sections && state.rooms === rooms) return sections;
    rooms = state.rooms;
    const next = sectionsOf(rooms.values(), view);
    if (!sections || !isSame(sections, next)) sections = next;
    return sections;
  };
}

function isShown(room: MyRoom, { viewerId, current }: View): boolean {
  if (room.archivedAt !== null) return false;
  // Somebody may have opened a direct room and thought better of it: the other need not know.
  return room.kind !== "direct" || room.lastSeq > 0 || room.createdBy === viewerId || room.id === current;
}

function inOrder(a: MyRoom, b: MyRoom): number {
  if (a.isLobby !== b.isLobby) return a.isLobby ? -1 : 1;
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (a.kind === "direct") return (b.lastAt ?? "").localeCompare(a.lastAt ?? "") || a.id.localeCompare(b.id);
  return byWords.compare(a.slug ?? a.title, b.slug ?? b.title) || a.id.localeCompare(b.id);
}

function toId(room: MyRoom): string {
  return room.id;
}

function isSame(a: Sections, b: Sections): boolean {
  const names: SectionName[] = ["favourites", "channels", "groups", "directs"];
  return names.every((name) => a[name].length === b[name].length && a[name].every((id, at) => id === b[name][at]));
}
