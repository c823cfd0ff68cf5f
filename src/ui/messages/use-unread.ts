"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useMyRoom } from "#ui/me/use-me.ts";
import type { Conversation } from "./conversation.ts";

/** What one has just read, and is on its way to being counted so, is not new to whoever looks away now. */
const SETTLED_MS = 500;

/**
 * Where reading had stopped: the line between read and new. It stays there while the room is open, until all is read and
 * something comes while one is `isAway`, further up or in another window. If somebody marks something unread, here or on
 * another device, the line moves there and reading rests. It moves to the mark that one has passed over (`pastUnread`, of
 * `useReading`), to be led back to.
 */
export function useUnread(conversation: Conversation, isAway: boolean, pastUnread: number | null) {
  const room = useMyRoom(conversation.roomId);
  const told = room?.lastReadSeq;
  const [readUntil, moveLine] = useLine(room && room.unread > 0 ? room.lastReadSeq : null);
  const unread = room?.unread ?? 0;
  const highest = useRef(told ?? 0);
  const hasReadAll = useRef(unread === 0);
  useEffect(() => {
    if (told === undefined) return;
    if (told < highest.current) {
      conversation.suspendReading();
      hasReadAll.current = false;
      moveLine(told);
    }
    highest.current = told;
  }, [told, conversation, moveLine]);
  useEffect(() => {
    if (pastUnread !== null) moveLine(pastUnread);
  }, [pastUnread, moveLine]);
  const place = useRef(told);
  place.current = told;
  const hasUnread = unread > 0;
  useEffect(() => {
    if (!hasUnread) hasReadAll.current = true;
    if (!hasUnread || !isAway) return;
    const timer = setTimeout(() => {
      if (!hasReadAll.current || place.current === undefined) return;
      hasReadAll.current = false;
      moveLine(place.current);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [hasUnread, isAway, moveLine]);
  return { readUntil, unread, lastSeq: room?.lastSeq ?? 0 };
}

/**
 * Where the line is. The list keeps still what one reads when a row comes or goes, but not when one changes its place and as
 * many are left: so it goes, and then comes, before anything is painted.
 */
function useLine(first: number | null): [number | null, (readUntil: number) => void] {
  const [line, setLine] = useState<{ at: number | null; next: number | null }>({ at: first, next: null });
  const moveTo = useCallback(
    (place: number) =>
      setLine((line) => {
        if ((line.next ?? line.at) === place) return line;
        return line.at === null && line.next === null ? { at: place, next: null } : { at: null, next: place };
      }),
    [],
  );
  useLayoutEffect(() => {
    if (line.next !== null) setLine({ at: line.next, next: null });
  }, [line]);
  return [line.at, moveTo];
}
