"use client";

import { type ReactNode, useCallback } from "react";
import type { Message } from "#shared/messages.ts";
import { Heard } from "#ui/receipts/heard.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";

/** What stands behind the last word of a message: on the newest one who has seen it, on my newest one how far it has come. */
export function useHeard(
  messages: readonly Message[],
  isDirect: boolean,
  isOn: boolean,
): (message: Message) => ReactNode {
  const { viewer } = useChat();
  const newest = isOn ? messages.findLast(({ kind }) => kind === "text") : undefined;
  const mine = isOn ? messages.findLast(({ kind, author }) => kind === "text" && author.id === viewer.id) : undefined;
  return useCallback(
    (message) =>
      message.id === newest?.id || message.id === mine?.id ? (
        <Heard message={message} isDirect={isDirect} isNewest={message.id === newest?.id} />
      ) : null,
    [newest?.id, mine?.id, isDirect],
  );
}
