"use client";

import { useEffect } from "react";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { follow } from "#ui/trpc/follow.ts";
import { useChat } from "./chat-context.ts";
import type { RoomStore } from "./room-store.ts";

/** Follows what fades in the room on screen. Shows nothing. */
export function RoomActivity({ roomId }: { roomId: string }) {
  const { activity, rooms } = useChat();
  const connection = useConnection();
  const client = useClient();
  useEffect(() => {
    const feed = follow(
      (handlers) =>
        client.room.activity.subscribe(
          { roomId },
          {
            ...handlers,
            onData: (event) => {
              feed.settle();
              activity.take(roomId, event);
            },
          },
        ),
      ({ reason }) => {
        if (reason === "UNAUTHORIZED") leaveToSignIn();
        // That the room is no longer ours is the room's own feed to say.
        return reason === "UNAUTHORIZED" || reason === "NOT_FOUND" || reason === "REMOVED";
      },
    );
    const stopWaking = connection.onWell(feed.wake);
    const stopHearing = onNews(rooms, roomId, (authorId, threadRoot) => activity.spoke(roomId, authorId, threadRoot));
    return () => {
      stopHearing();
      stopWaking();
      feed.stop();
      activity.rest(roomId);
    };
  }, [activity, rooms, connection, client, roomId]);
  return null;
}

/** Calls back for every message that arrives in a room from now on. */
function onNews(rooms: RoomStore, roomId: string, tell: (authorId: string, threadRoot: string | null) => void) {
  const newest = () => {
    let seq = 0;
    for (const message of rooms.getState(roomId)?.messages.values() ?? []) seq = Math.max(seq, message.seq);
    return seq;
  };
  let known = newest();
  let seen = rooms.getState(roomId)?.messages;
  return rooms.subscribe(() => {
    const rows = rooms.getState(roomId)?.messages;
    if (!rows || rows === seen) return;
    seen = rows;
    for (const { seq, kind, author, threadRoot } of rows.values())
      if (seq > known && kind === "text") tell(author.id, threadRoot);
    known = newest();
  });
}
