"use client";

import { useCallback, useState } from "react";

/**
 * Whether the way to the first unread message is offered: when the room opened, it lay above all that was loaded (that its
 * page has been loaded since does not bring it before anybody's eyes; going there does), or one has passed over it since.
 */
export function useFirstUnread(
  unread: number,
  isAbove: boolean,
  isPast: boolean,
): { isOffered: boolean; decline: () => void } {
  const [wasAbove, setWasAbove] = useState(isAbove);
  // All of it was read, here or elsewhere: what comes next lies below.
  if (wasAbove && unread === 0) setWasAbove(false);
  return { isOffered: wasAbove || isPast, decline: useCallback(() => setWasAbove(false), []) };
}
