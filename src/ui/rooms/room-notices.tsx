"use client";

import { useEffect } from "react";
import type { MyRoom } from "#shared/rooms.ts";
import { toast } from "#ui/kit/toast-store.ts";
import { useChat } from "./chat-context.ts";
import { wasOwnMove } from "./own-moves.ts";
import { roomIdIn } from "./room-address.ts";
import { roomLabel } from "./room-label.ts";
import { useGoToRoom } from "./use-go-to-room.ts";

/** Says what others did to my list: took me into a room or out of one, or closed one. Shows nothing itself. */
export function RoomNotices() {
  const { me, viewer } = useChat();
  const goTo = useGoToRoom();
  useEffect(() => {
    let before = me.getState().rooms;
    return me.subscribe(() => {
      const { rooms } = me.getState();
      if (rooms === before) return;
      for (const room of rooms.values()) {
        const known = before.get(room.id);
        if (!known) sayAdded(room, viewer.id, goTo);
        else if (room.archivedAt && !known.archivedAt) sayArchived(room);
      }
      for (const room of before.values()) if (!rooms.has(room.id)) sayGone(room);
      before = rooms;
    });
  }, [me, viewer.id, goTo]);
  return null;
}

function sayAdded(room: MyRoom, viewerId: string, goTo: (roomId: string) => void): void {
  const isMine = wasOwnMove(room.id) || room.createdBy === viewerId;
  // A direct room speaks for itself, by what is unread in it.
  if (isMine || room.kind === "direct" || room.isLobby || room.archivedAt) return;
  toast({
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
