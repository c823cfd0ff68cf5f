"use client";

import { useCallback } from "react";
import { roomPath } from "./room-address.ts";
import { useOpenRoom } from "./room-link.tsx";
import { useGo } from "./use-go.ts";

/** To a room from wherever one is: at once beside the list, by a page from settings, which has none. */
export function useGoToRoom(): (roomId: string) => void {
  const go = useGo();
  const open = useOpenRoom();
  return useCallback(
    (roomId) => (location.pathname.startsWith("/rooms") ? open(roomId) : go(roomPath(roomId))),
    [go, open],
  );
}
