"use client";

import { useCallback, useState } from "react";

/**
 * Whether the way to the first unread message is offered: when the room opened, it lay above all that was loaded. That its
 * page has been loaded since does not bring it before anybody's eyes; going there does.
 */
export function useFirstUnread(isAbove: boolean, unread: number): { isOffered: boolean; decline: () => void } {
  const [isOffered, setIsOffered] = useState(isAbove);
  // All of it was read, here or elsewhere: what comes next lies below.
  if (isOffered && unread === 0) setIsOffered(false);
  return { isOffered, decline: useCallback(() => setIsOffered(false), []) };
}
