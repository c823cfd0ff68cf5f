"use client";

import { useMemo, useSyncExternalStore } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { RoomState } from "#ui/rooms/room-state.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

const NONE: readonly OutboxEntry[] = [];

/**
 * What of this room's outbox, or a thread's, has no row yet. Taken from the rows that are being drawn, so a message is in exactly one of
 * the two in every frame: never twice, never in neither.
 */
export function useUnsent(
  roomId: string,
  threadRoot: string | null,
  messages: RoomState["messages"],
): readonly OutboxEntry[] {
  const { outbox, viewer } = useChat();
  const entries = useSyncExternalStore(outbox.subscribe, outbox.getEntries, () => NONE);
  const here = useMemo(
    () => entries.filter((entry) => entry.roomId === roomId && isShownIn(entry, threadRoot)),
    [entries, roomId, threadRoot],
  );
  return useMemo(() => {
    if (here.length === 0) return NONE;
    const arrived = new Set<string>();
    for (const message of messages.values()) if (message.author.id === viewer.id) arrived.add(message.clientId);
    return here.filter((entry) => !arrived.has(entry.clientId));
  }, [here, messages, viewer.id]);
}

/** A reply that could not be sent shows in the room as well: its thread may be closed, and nobody would ever learn of it. */
function isShownIn(entry: OutboxEntry, threadRoot: string | null): boolean {
  return entry.threadRoot === threadRoot || (threadRoot === null && entry.state === "failed");
}
