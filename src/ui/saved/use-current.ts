"use client";

import { useSyncExternalStore } from "react";
import type { Message } from "#shared/messages.ts";
import { useChat } from "#ui/rooms/chat-context.ts";

/** A message of a list as it is now, where this device follows its room: the list itself was asked for once. */
export function useCurrent(roomId: string, message: Message): Message {
  const { rooms } = useChat();
  const known = useSyncExternalStore(
    rooms.subscribe,
    () => rooms.find(roomId, message.id),
    () => undefined,
  );
  return known && known.version > message.version ? known : message;
}
