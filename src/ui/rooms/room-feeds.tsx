"use client";

import { useSyncExternalStore } from "react";
import { useChat } from "./chat-context.ts";
import { DeliveredWatch } from "./delivered-watch.tsx";
import { RoomFeed } from "./room-feed.tsx";

const NONE: readonly string[] = [];

/** Keeps the last opened rooms' feeds going, whichever is on screen. */
export function RoomFeeds() {
  const { rooms } = useChat();
  const opened = useSyncExternalStore(rooms.subscribe, rooms.getOpened, () => NONE);
  return (
    <>
      <DeliveredWatch />
      {opened.map((roomId) => (
        <RoomFeed key={roomId} roomId={roomId} />
      ))}
    </>
  );
}
