"use client";

import { useCallback, useRef, useState } from "react";
import type { Message } from "#shared/messages.ts";
import { needsEyes } from "./read-tracker.ts";

/**
 * Whether one is at the end of the list, and how many messages of others lie below that one has not read: all that came since
 * one left the end, or, where one opened the list further up, what is unread below that place.
 */
export function useNewest(messages: readonly Message[], viewerId: string, told: number | undefined) {
  const newest = messages.at(-1)?.seq ?? 0;
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const hasBeenThere = useRef(false);
  const isAtEnd = leftAt === null;
  const read = told ?? newest;
  const onEndChange = useCallback(
    (isNowAtEnd: boolean, shownTo = 0) => {
      if (isNowAtEnd) hasBeenThere.current = true;
      const seen = hasBeenThere.current ? newest : Math.max(read, shownTo);
      setLeftAt((known) => (isNowAtEnd ? null : (known ?? seen)));
    },
    [newest, read],
  );
  const seen = Math.max(leftAt ?? newest, read);
  const missed = isAtEnd ? 0 : messages.filter((message) => message.seq > seen && needsEyes(message, viewerId)).length;
  return { isAtEnd, missed, onEndChange };
}
