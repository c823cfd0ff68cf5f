"use client";

import { useCallback, useState } from "react";

/**
 * Whether the way to the first unread message is offered: when the room opened, it lay above all that was loaded. That its
 * page has been loaded since does not bring it before anybody's eyes; going there does.
 */
export function useFirstUnread(isAbove: boolean): { isOffered: boolean; decline: () => void } {
  const [isOffered, setIsOffered] = useState(isAbove);
  return { isOffered, decline: useCallback(() => setIsOffered(false), []) };
}
