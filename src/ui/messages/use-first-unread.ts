"use client";

import { useCallback, useEffect, useState } from "react";
import type { useUnread } from "./use-unread.ts";

/**
 * Whether the way to the first unread message is offered: when the room opened, it lay above all that was loaded (that its
 * page has been loaded since does not bring it before anybody's eyes; going there does), or one has passed over it since.
 */
export function useFirstUnread(
  { unread, moveLine }: ReturnType<typeof useUnread>,
  isAbove: boolean,
  pastUnread: number | null,
): { isOffered: boolean; decline: () => void } {
  const [isOffered, setIsOffered] = useState(isAbove);
  // All of it was read, here or elsewhere: what comes next lies below.
  if (isOffered && unread === 0) setIsOffered(false);
  useEffect(() => {
    if (pastUnread !== null) moveLine(pastUnread);
  }, [pastUnread, moveLine]);
  return { isOffered: isOffered || pastUnread !== null, decline: useCallback(() => setIsOffered(false), []) };
}
