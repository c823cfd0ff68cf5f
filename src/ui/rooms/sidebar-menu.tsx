"use client";

import { useRef } from "react";
import type { MyRoom } from "#shared/rooms.ts";
import { Menu, type MenuPlace } from "#ui/kit/menu.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useChat } from "./chat-context.ts";
import { useRoomActions } from "./room-actions.ts";
import { roomMenu } from "./room-menu.ts";
import { useRoomLabel } from "./use-room-name.ts";

export type MenuOfRoom = { roomId: string; place: MenuPlace };

/** The one menu of the list, for whichever row asked last. */
export function SidebarMenu({ asked, onClose }: { asked: MenuOfRoom | null; onClose: () => void }) {
  const last = useRef<MenuOfRoom | null>(null);
  if (asked) last.current = asked;
  const room = useMyRoom(last.current?.roomId ?? "");
  return room ? <OfRoom room={room} place={asked?.place ?? null} onClose={onClose} /> : null;
}

function OfRoom({ room, place, onClose }: { room: MyRoom; place: MenuPlace | null; onClose: () => void }) {
  const { role } = useChat();
  const label = useRoomLabel(room);
  const items = roomMenu(room, label, role, useRoomActions());
  return <Menu label={label} about={label} items={items} place={place} onClose={onClose} />;
}
