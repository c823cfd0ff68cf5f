"use client";

import { useCallback, useRef, useState } from "react";
import { PAGE_SIZE } from "#shared/limits.ts";
import type { MessagePage } from "#shared/messages.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { visitNewer, visitOlder } from "#ui/rooms/room-windows.ts";
import { useClient } from "#ui/trpc/client-context.ts";

export type Loading = { load: () => void; retry: () => void; hasFailed: boolean };

/** Loads the page above what is shown. */
export function useOlder(roomId: string): Loading {
  const { rooms } = useChat();
  const client = useClient();
  const ask = useCallback(() => {
    const state = rooms.getState(roomId);
    const window = state?.visit ?? state;
    if (!state || !window?.hasOlder) return null;
    const before = window.floor;
    const take = (page: MessagePage) =>
      state.visit
        ? rooms.update(roomId, (now) => visitOlder(now, page, before))
        : rooms.takeOlder(roomId, page, before);
    return client.message.page.query({ roomId, before, limit: PAGE_SIZE }).then(take);
  }, [rooms, client, roomId]);
  return useLoading(ask);
}

/** Loads the page below a visit. */
export function useNewer(roomId: string): Loading {
  const { rooms } = useChat();
  const client = useClient();
  const ask = useCallback(() => {
    const visit = rooms.getState(roomId)?.visit;
    if (!visit?.hasNewer) return null;
    const after = visit.ceiling;
    return client.message.page
      .query({ roomId, after, limit: PAGE_SIZE })
      .then((page) => rooms.update(roomId, (now) => visitNewer(now, page, after)));
  }, [rooms, client, roomId]);
  return useLoading(ask);
}

/** One page at a time. After a failure it waits to be asked again. */
export function useLoading(ask: () => Promise<unknown> | null): Loading {
  const isLoading = useRef(false);
  const [hasFailed, setHasFailed] = useState(false);
  const retry = useCallback(async () => {
    if (isLoading.current) return;
    const asked = ask();
    if (!asked) return;
    isLoading.current = true;
    setHasFailed(false);
    await asked.catch(() => setHasFailed(true));
    isLoading.current = false;
  }, [ask]);
  const load = useCallback(() => void (hasFailed || retry()), [hasFailed, retry]);
  return { load, retry, hasFailed };
}
