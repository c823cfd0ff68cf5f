import type { Room } from "#shared/rooms.ts";

/** What a room is called on screen: "#lobby" for a channel, its title otherwise. */
export function roomLabel(room: Room): string {
  return room.kind === "channel" ? `#${roomName(room)}` : roomName(room);
}

/** The same without its sign, which the icon beside it draws. */
export function roomName(room: Room): string {
  return room.slug ?? room.title;
}
