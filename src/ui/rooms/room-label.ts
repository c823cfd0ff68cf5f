import type { Person } from "#shared/people.ts";
import type { Room } from "#shared/rooms.ts";

/** Whom a direct room is with; oneself, when it holds one's notes. Null for every other room. */
export function personIn(room: Room, viewerId: string): Person | null {
  if (room.kind !== "direct") return null;
  const people = room.people ?? [];
  return people.find((person) => person.id !== viewerId) ?? people[0] ?? null;
}

/** What a room is called on screen: "#lobby" for a channel, the other's name for two, its title otherwise. */
export function roomLabel(room: Room, viewerId = ""): string {
  return room.kind === "channel" ? `#${roomName(room)}` : roomName(room, viewerId);
}

/** The same without its sign, which the icon beside it draws. On a live screen names come from `useRoomName`. */
export function roomName(room: Room, viewerId = ""): string {
  const person = personIn(room, viewerId);
  if (person) return person.id === viewerId ? asNotes(person.name) : person.name;
  return room.slug ?? room.title;
}

export function asNotes(name: string): string {
  return `${name} (you)`;
}
