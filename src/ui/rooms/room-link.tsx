"use client";

import { usePathname } from "next/navigation";
import { type ComponentProps, type MouseEvent, useCallback } from "react";
import { roomIdIn, roomPath } from "./room-address.ts";

/** The room that the address names: also one that was opened without asking the server for a page. */
export function useRoomInPath(): string | null {
  return roomIdIn(usePathname());
}

/**
 * Opens a room from what this device knows (`RoomSwitch`), without waiting for the server to render it. The address is as
 * good as any other: a reload, a link and the way back all work.
 */
export function useOpenRoom(): (roomId: string) => void {
  return useCallback((roomId) => {
    if (location.pathname + location.search !== roomPath(roomId)) history.pushState(null, "", roomPath(roomId));
  }, []);
}

type Props = Omit<ComponentProps<"a">, "href"> & { roomId: string };

/** A link to a room. With a modifier key it is a link like any other, and opens a tab. */
export function RoomLink({ roomId, onClick, ...rest }: Props) {
  const open = useOpenRoom();
  const isHere = useRoomInPath() === roomId;
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    open(roomId);
  };
  return <a {...rest} href={roomPath(roomId)} aria-current={isHere ? "page" : undefined} onClick={follow} />;
}
