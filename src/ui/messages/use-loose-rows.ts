"use client";

import { useEffect, useRef } from "react";
import { PAGE_SIZE_MAX } from "#shared/limits.ts";
import type { Message } from "#shared/messages.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useClient } from "#ui/trpc/client-context.ts";

/**
 * Fetches what these messages quote and this device has never seen: what came by the feed comes without it. Each id is
 * asked for once, and again after a reset or a trim, which forget them; what was deleted or never was stays "an earlier message".
 */
export function useLooseRows(
  roomId: string,
  messages: readonly Pick<Message, "replyTo">[],
  known: ReadonlyMap<string, Message>,
): void {
  const { rooms } = useChat();
  const client = useClient();
  const asked = useRef({ asOf: "", ids: new Set<string>() });
  useEffect(() => {
    // What was let go of since may have been changed first: the row on its way is as it was before.
    const lastLoss = () => `${rooms.getState(roomId)?.resetAt} ${rooms.getState(roomId)?.pagesFrom}`;
    const asOf = lastLoss();
    if (asked.current.asOf !== asOf) asked.current = { asOf, ids: new Set() };
    const { ids } = asked.current;
    const missing = new Set<string>();
    for (const { replyTo } of messages)
      if (replyTo !== null && !known.has(replyTo) && !ids.has(replyTo)) missing.add(replyTo);
    const messageIds = [...missing].slice(0, PAGE_SIZE_MAX);
    if (messageIds.length === 0) return;
    for (const id of messageIds) ids.add(id);
    client.message.byIds.query({ roomId, messageIds }).then(
      (rows) => lastLoss() === asOf && rooms.takeRows(roomId, rows),
      () => {
        for (const id of messageIds) ids.delete(id);
      },
    );
  }, [rooms, client, roomId, messages, known]);
}
