"use client";

import { useCallback, useState } from "react";
import type { Message } from "#shared/messages.ts";

/** Whether one is at the end of the list, and how many messages of others came since one left it. */
export function useNewest(messages: readonly Message[], viewerId: string) {
  const newest = messages.at(-1)?.seq ?? 0;
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const isAtEnd = leftAt === null;
  const onEndChange = useCallback(
    (isNowAtEnd: boolean) => setLeftAt((known) => (isNowAtEnd ? null : (known ?? newest))),
    [newest],
  );
  let missed = 0;
  if (leftAt !== null) {
    for (let i = messages.length - 1; i >= 0; i--) {
      const message = messages[i] as Message;
      if (message.seq <= leftAt) break;
      if (message.author.id !== viewerId) missed++;
    }
  }
  return { isAtEnd, missed, onEndChange };
}
