"use client";

import { useEffect, useRef, useState } from "react";
import { useMyRoom } from "#ui/me/use-me.ts";
import type { Conversation } from "./conversation.ts";

/**
 * Where reading had stopped: the line between read and new. It stays there while the room is open, until all is read and
 * something comes while one is `isAway`, further up or in another window. If somebody marks something unread, here or on
 * another device, the line moves there and reading rests.
 */
export function useUnread(conversation: Conversation, isAway: boolean) {
  const room = useMyRoom(conversation.roomId);
  const told = room?.lastReadSeq;
  const [readUntil, setReadUntil] = useState(room && room.unread > 0 ? room.lastReadSeq : null);
  const unread = room?.unread ?? 0;
  const highest = useRef(told ?? 0);
  const hasReadAll = useRef(unread === 0);
  useEffect(() => {
    if (told === undefined) return;
    if (told < highest.current) {
      conversation.suspendReading();
      setReadUntil(told);
    }
    highest.current = told;
  }, [told, conversation]);
  useEffect(() => {
    if (unread === 0) hasReadAll.current = true;
    else if (hasReadAll.current && isAway && told !== undefined) {
      hasReadAll.current = false;
      setReadUntil(told);
    }
  }, [unread, isAway, told]);
  return { readUntil, unread, lastSeq: room?.lastSeq ?? 0 };
}
