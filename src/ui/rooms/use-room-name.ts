"use client";

import type { Room } from "#shared/rooms.ts";
import { usePerson } from "#ui/me/use-me.ts";
import { useChat } from "./chat-context.ts";
import { asNotes, personIn, roomName } from "./room-label.ts";

/** What a room is called now: a direct room takes the name that its person goes by today. */
export function useRoomName(room: Room): string {
  const { viewer } = useChat();
  const other = personIn(room, viewer.id);
  const person = usePerson(other ?? viewer);
  if (!other) return roomName(room);
  return other.id === viewer.id ? asNotes(person.name) : person.name;
}

/** The same with a channel's sign: "#lobby". */
export function useRoomLabel(room: Room): string {
  const name = useRoomName(room);
  return room.kind === "channel" ? `#${name}` : name;
}
