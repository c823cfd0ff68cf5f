"use client";

import { useEffect, useRef } from "react";
import { quoteDraft } from "#ui/composer/drafts.ts";
import { useDraft } from "#ui/composer/use-draft.ts";
import { type Conversation, useConversationState } from "#ui/messages/conversation.ts";
import { useChat } from "./chat-context.ts";
import { TRIM_KEEPS, trimRoom } from "./trim-room.ts";

/** Not at once: whoever comes back to a place further up is at the end for a moment. */
const EVERY_MS = 5_000;

/** Keeps a room that stays open from growing for ever: while one is at its newest end, and busy with no message of it. */
export function useTrim(conversation: Conversation, isNewest: boolean, count: number, readUntil: number | undefined) {
  const { rooms } = useChat();
  const { roomId } = conversation;
  const [quoting] = useDraft(quoteDraft(conversation.draftKey), undefined);
  const isActing = useConversationState(conversation, (now) => Boolean(now.editing || now.float));
  const isBusy = isActing || quoting !== "";
  const read = useRef(readUntil);
  read.current = readUntil;
  const isDue = isNewest && !isBusy && count > 2 * TRIM_KEEPS;
  useEffect(() => {
    if (!isDue) return;
    const timer = setInterval(() => rooms.update(roomId, (state) => trimRoom(state, read.current ?? 0)), EVERY_MS);
    return () => clearInterval(timer);
  }, [isDue, rooms, roomId]);
}
