"use client";

import { useEffect } from "react";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import type { Client } from "#ui/trpc/client.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import type { Connection } from "#ui/trpc/connection.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { follow } from "#ui/trpc/follow.ts";
import type { Refusal } from "#ui/trpc/refusal.ts";
import { useChat } from "./chat-context.ts";
import type { RoomStore } from "./room-store.ts";

/** Follows one room for as long as it is mounted. Shows nothing. */
export function RoomFeed({ roomId }: { roomId: string }) {
  const { rooms } = useChat();
  const connection = useConnection();
  const client = useClient();
  useEffect(() => followRoom(client, connection, rooms, roomId), [client, connection, rooms, roomId]);
  return null;
}

function followRoom(client: Client, connection: Connection, rooms: RoomStore, roomId: string): () => void {
  let isCursorRefused = false;
  const feed = follow(
    (handlers) =>
      client.room.feed.subscribe(
        { roomId, lastEventId: isCursorRefused ? null : rooms.cursorOf(roomId) },
        {
          ...handlers,
          onData: ({ id, data }) => {
            isCursorRefused = false;
            feed.settle();
            if (!rooms.takeBatch(roomId, data, id)) return feed.restart();
            connection.setCaughtUp(roomId, true);
          },
        },
      ),
    (refusal) => {
      isCursorRefused = refusal.reason === "INVALID";
      connection.setCaughtUp(roomId, false);
      return isOver(refusal, () => rooms.leave(roomId));
    },
  );
  const stopWaking = connection.onWell(feed.wake);
  return () => {
    stopWaking();
    feed.stop();
    connection.setCaughtUp(roomId, false);
  };
}

/** Whether a feed's end is one that no second try can change. */
function isOver({ reason }: Refusal, leaveRoom: () => void): boolean {
  if (reason === "UNAUTHORIZED") leaveToSignIn();
  else if (reason === "NOT_FOUND" || reason === "REMOVED") leaveRoom();
  else return false;
  return true;
}
