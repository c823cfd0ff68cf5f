"use client";

import { useEffect, useRef, useState } from "react";
import { useMyRoom } from "#ui/me/use-me.ts";
import type { Conversation } from "./conversation.ts";

/**
 * Where reading had stopped when the room was opened: the line between read and new stays there while it is open. If
 * somebody marks something unread, here or on another device, the line moves there and reading rests.
 */
export function useUnread(conversation: Conversation) {
  const room = useMyRoom(conversation.roomId);
  const told = room?.lastReadSeq;
  const [readUntil, setReadUntil] = useState(room && room.unread > 0 ? room.lastReadSeq : null);
  const highest = useRef(told ?? 0);
  useEffect(() => {
    if (told === undefined) return;
    if (told < highest.current) {
      conversation.suspendReading();
      setReadUntil(told);
    }
    highest.current = told;
  }, [told, conversation]);
  return { told, readUntil, unread: room?.unread ?? 0, lastSeq: room?.lastSeq ?? 0 };
}
