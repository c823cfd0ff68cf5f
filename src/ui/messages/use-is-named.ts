"use client";

import { useMemo } from "react";
import { mentionsIn } from "#shared/markdown/mentions.ts";
import type { Message } from "#shared/messages.ts";
import { useChat } from "#ui/rooms/chat-context.ts";

/** Whether it calls me, by name or with everybody. */
export function useIsNamed({ author, body }: Message): boolean {
  const { viewer } = useChat();
  return useMemo(() => {
    if (author.id === viewer.id || !body.includes("@")) return false;
    const { names, room } = mentionsIn(body);
    return room || names.includes(viewer.username.toLowerCase());
  }, [author.id, body, viewer]);
}
