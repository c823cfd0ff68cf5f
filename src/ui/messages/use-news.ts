"use client";

import { useState } from "react";
import type { Message } from "#shared/messages.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { TimelineRow } from "./timeline-rows.ts";

const FRESH_MS = 2_000;

/**
 * Tells the rows that arrive before one's eyes from those that were there, were missed, or come from one's own outbox:
 * only the first kind moves.
 */
export function useNews(messages: readonly Message[]): (row: TimelineRow) => boolean {
  const { viewer } = useChat();
  const [known] = useState(() => messages.at(-1)?.seq ?? 0);
  return (row) =>
    row.kind === "message" &&
    row.message.seq > known &&
    row.message.author.id !== viewer.id &&
    Date.now() - Date.parse(row.message.createdAt) < FRESH_MS;
}
