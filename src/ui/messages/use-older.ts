"use client";

import { useCallback, useRef, useState } from "react";
import { PAGE_SIZE } from "#shared/limits.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { trpc } from "#ui/trpc/trpc.ts";

/** Loads the page above the window, one at a time. After a failure it waits to be asked again. */
export function useOlder(roomId: string): { load: () => void; retry: () => void; hasFailed: boolean } {
  const { rooms } = useChat();
  const { client } = trpc.useUtils();
  const isLoading = useRef(false);
  const [hasFailed, setHasFailed] = useState(false);

  const retry = useCallback(async () => {
    const state = rooms.getState(roomId);
    if (isLoading.current || !state?.hasOlder) return;
    isLoading.current = true;
    setHasFailed(false);
    const before = state.floor;
    await client.message.page.query({ roomId, before, limit: PAGE_SIZE }).then(
      (page) => rooms.takeOlder(roomId, page, before),
      () => setHasFailed(true),
    );
    isLoading.current = false;
  }, [rooms, client, roomId]);

  const load = useCallback(() => void (hasFailed || retry()), [hasFailed, retry]);
  return { load, retry, hasFailed };
}
