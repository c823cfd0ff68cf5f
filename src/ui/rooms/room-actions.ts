"use client";

import { useMemo } from "react";
import type { MyRoom, NotificationLevel, Room } from "#shared/rooms.ts";
import { copyAddress } from "#ui/kit/clipboard.ts";
import { confirm } from "#ui/kit/confirm-store.ts";
import { toast } from "#ui/kit/toast-store.ts";
import type { MeStore } from "#ui/me/me-store.ts";
import type { Client } from "#ui/trpc/client.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { attempt, sentenceOf } from "./attempt.ts";
import { useChat } from "./chat-context.ts";
import { openDialog } from "./dialog-store.ts";
import { asOwnMove } from "./own-moves.ts";
import { roomPath } from "./room-address.ts";

export type RoomActions = ReturnType<typeof roomActions>;

/** What one does to a room from its menus. */
export function useRoomActions(): RoomActions {
  const { me } = useChat();
  const client = useClient();
  return useMemo(() => roomActions(client, me), [client, me]);
}

function roomActions(client: Client, me: MeStore) {
  return {
    setFavourite: (room: Room, isFavourite: boolean) =>
      attempt("That didn't change", () => client.me.setRoom.mutate({ roomId: room.id, isFavourite })),
    setLevel: (room: Room, level: NotificationLevel) =>
      attempt("That didn't change", () => client.me.setRoom.mutate({ roomId: room.id, level })),
    markRead: (room: MyRoom) =>
      attempt("It is still unread", () => client.me.read.mutate({ roomId: room.id, seq: room.lastSeq })),
    copyLink: (room: Room) => copyAddress(location.origin + roomPath(room.id), { title: "Link copied" }),
    join: (room: Room) =>
      attempt("You didn't join", () => asOwnMove(room.id, () => client.room.join.mutate({ roomId: room.id }))),
    archive: (room: Room, label: string) => archive(client, room, label),
    restore: (room: Room) => attempt("It is still archived", () => client.room.restore.mutate({ roomId: room.id })),
    leave: async (room: MyRoom, label: string) => {
      if (await leave(client, room, label)) goOn(room, me);
    },
  };
}

async function archive(client: Client, room: Room, label: string): Promise<void> {
  const isMeant = await confirm({
    title: `Archive ${label}?`,
    body: "Its members can still read it. Nobody can write in it until it is restored.",
    action: "Archive",
  });
  if (!isMeant) return;
  const call = () => client.room.archive.mutate({ roomId: room.id });
  await attempt("It is not archived", () => asOwnMove(room.id, call));
}

async function leave(client: Client, room: MyRoom, label: string): Promise<boolean> {
  const handOver = () => openDialog({ name: "hand-over", roomId: room.id });
  const { isAlone, isLastOwner } = await whoIsLeft(client, room);
  // Before the question: what it asks would have to be asked again.
  if (isLastOwner) {
    handOver();
    return false;
  }
  const body = farewell(room, isAlone);
  if (body && !(await confirm({ title: `Leave ${label}?`, body, action: "Leave", isGrave: true }))) return false;
  try {
    await asOwnMove(room.id, () => client.room.leave.mutate({ roomId: room.id }));
    return true;
  } catch (error) {
    if (refusalOf(error).reason === "LAST_OWNER") handOver();
    else toast({ title: `You're still in ${label}`, body: sentenceOf(error) });
    return false;
  }
}

/** Whether nobody would be left, or others without an owner. The server has the last word: no answer here is a no. */
async function whoIsLeft(
  client: Client,
  { id, role, archivedAt }: MyRoom,
): Promise<{ isAlone: boolean; isLastOwner: boolean }> {
  // Owners come first.
  const page = await client.member.list.query({ roomId: id, limit: 2 }).catch(() => null);
  if (!page) return { isAlone: false, isLastOwner: false };
  const isAlone = page.total === 1;
  const owners = page.members.filter((member) => member.role === "owner").length;
  // In an archived room there is nothing to hand over.
  return { isAlone, isLastOwner: role === "owner" && archivedAt === null && !isAlone && owners < 2 };
}

/** What going means; null where one can come back as one went. */
function farewell({ visibility }: MyRoom, isAlone: boolean): string | null {
  const isOpen = visibility === "public";
  if (isAlone)
    return isOpen
      ? "You're the last one in it, so it will be archived. Whoever joins it later will own it."
      : "You're the last one in it, so it will be archived, and nobody can open it again.";
  return isOpen ? null : "You can't come back by yourself: somebody in it has to add you.";
}

/** Away from a room that one has left oneself: nobody needs to be told that. */
export function goOn(room: Room, me: MeStore): void {
  if (!location.pathname.startsWith(roomPath(room.id))) return;
  const lobby = [...me.getState().rooms.values()].find((one) => one.isLobby);
  history.pushState(null, "", lobby ? roomPath(lobby.id) : "/rooms");
}
