"use client";

import type { MyRoom } from "#shared/rooms.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useRoomLabel } from "#ui/rooms/use-room-name.ts";

/** A room's name beside one of its messages; as it was told while my list does not know it. */
export function RoomTitle({ roomId, title }: { roomId: string; title: string }) {
  const room = useMyRoom(roomId);
  return room ? <KnownTitle room={room} /> : title;
}

function KnownTitle({ room }: { room: MyRoom }) {
  return useRoomLabel(room);
}
