"use client";

import { useEffect, useRef } from "react";
import { PAGE_SIZE_MAX } from "#shared/limits.ts";
import type { Message } from "#shared/messages.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useClient } from "#ui/trpc/client-context.ts";

/**
 * Fetches what these messages quote and this device has never seen: what came by the feed comes without it. Each id is
 * asked for once; what was deleted or never was stays "an earlier message".
 */
export function useLooseRows(roomId: string, messages: readonly Message[], known: ReadonlyMap<string, Message>): void {
  const { rooms } = useChat();
  const client = useClient();
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const missing = new Set<string>();
    for (const { replyTo } of messages)
      if (replyTo !== null && !known.has(replyTo) && !asked.current.has(replyTo)) missing.add(replyTo);
    const messageIds = [...missing].slice(0, PAGE_SIZE_MAX);
    if (messageIds.length === 0) return;
    for (const id of messageIds) asked.current.add(id);
    client.message.byIds.query({ roomId, messageIds }).then(
      (rows) => rooms.takeRows(roomId, rows),
      () => {
        for (const id of messageIds) asked.current.delete(id);
      },
    );
  }, [rooms, client, roomId, messages, known]);
}
