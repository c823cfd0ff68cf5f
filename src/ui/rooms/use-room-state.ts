"use client";

import { useSyncExternalStore } from "react";
import { useChat } from "./chat-context.ts";
import type { RoomState } from "./room-state.ts";

/** What this device knows of a room; undefined in the server's HTML, and until it was opened. */
export function useRoomState(roomId: string): RoomState | undefined {
  const { rooms } = useChat();
  return useSyncExternalStore(
    rooms.subscribe,
    () => rooms.getState(roomId),
    () => undefined,
  );
}
