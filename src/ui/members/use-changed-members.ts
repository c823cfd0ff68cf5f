"use client";

import { useSyncExternalStore } from "react";
import type { Member } from "#shared/rooms.ts";
import { useChat } from "#ui/rooms/chat-context.ts";

const NO_CHANGES: ReadonlyMap<string, Member> = new Map();

/** The members whom a room's feed has told of since it began. */
export function useChangedMembers(roomId: string): ReadonlyMap<string, Member> {
  const { rooms } = useChat();
  const read = () => rooms.getState(roomId)?.members ?? NO_CHANGES;
  return useSyncExternalStore(rooms.subscribe, read, () => NO_CHANGES);
}
