"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { roomPath } from "./room-address.ts";
import { useOpenRoom } from "./room-link.tsx";

/** To a room from wherever one is: at once beside the list, by a page from settings, which has none. */
export function useGoToRoom(): (roomId: string) => void {
  const router = useRouter();
  const open = useOpenRoom();
  return useCallback(
    (roomId) => (location.pathname.startsWith("/rooms") ? open(roomId) : router.push(roomPath(roomId))),
    [router, open],
  );
}
