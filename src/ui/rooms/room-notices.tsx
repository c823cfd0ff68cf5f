"use client";

import { useEffect, useState } from "react";
import type { MyRoom } from "#shared/rooms.ts";
import { dismissToast, toast } from "#ui/kit/toast-store.ts";
import { useChat } from "./chat-context.ts";
import { wasOwnMove } from "./own-moves.ts";
import { roomIdIn } from "./room-address.ts";
import { roomLabel } from "./room-label.ts";
import { useRoomInPath } from "./room-link.tsx";
import { useGoToRoom } from "./use-go-to-room.ts";

/** Says what others did to my list: took me into a room or out of one, or closed one. Shows nothing itself. */
export function RoomNotices() {
  const { me, viewer } = useChat();
  const goTo = useGoToRoom();
  const here = useRoomInPath();
  const [said] = useState(() => new Map<string, number>());
  // Whoever is there need not be led there.
  useEffect(() => dismissToast(said.get(here ?? "")), [said, here]);
  useEffect(() => {
    let before = me.getState().rooms;
    return me.subscribe(() => {
      const { rooms } = me.getState();
      if (rooms === before) return;
      for (const room of rooms.values()) {
        const known = before.get(room.id);
        if (known) {
          if (room.archivedAt && !known.archivedAt) sayArchived(room);
        } else if (isNews(room, viewer.id)) said.set(room.id, sayAdded(room, goTo));
      }
      for (const room of before.values()) {
        if (rooms.has(room.id)) continue;
        dismissToast(said.get(room.id));
        sayGone(room);
      }
      before = rooms;
    });
  }, [me, viewer.id, goTo, said]);
  return null;
}

/** A direct room speaks for itself, by what is unread in it; one that is on screen, too. */
function isNews(room: MyRoom, viewerId: string): boolean {
  const isMine = wasOwnMove(room.id) || room.createdBy === viewerId || roomIdIn(location.pathname) === room.id;
  return !isMine && room.kind !== "direct" && !room.isLobby && !room.archivedAt;
}

function sayAdded(room: MyRoom, goTo: (roomId: string) => void): number {
  return toast({
    title: `You're now in ${roomLabel(room)}`,
    ...(room.topic ? { body: room.topic } : {}),
    action: { label: "Open", onAct: () => goTo(room.id) },
  });
}

function sayGone(room: MyRoom): void {
  // On screen it says so itself, in the room's place.
  if (wasOwnMove(room.id) || roomIdIn(location.pathname) === room.id || room.archivedAt) return;
  toast({ title: `You're no longer in ${roomLabel(room)}` });
}

function sayArchived(room: MyRoom): void {
  // On screen it says so itself, in the composer's place.
  if (wasOwnMove(room.id) || roomIdIn(location.pathname) === room.id) return;
  toast({ title: `${roomLabel(room)} was archived`, body: "You can still read it. Nobody can write in it." });
}
