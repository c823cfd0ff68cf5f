"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import { usePathname } from "next/navigation";
import { type ComponentProps, type MouseEvent, useCallback } from "react";
import { useMe } from "#ui/me/use-me.ts";
import { roomIdIn, roomPath } from "./room-address.ts";
import { waitsBeside } from "./room-weight.ts";

/** The room that the address names: also one that was opened without asking the server for a page. */
export function useRoomInPath(): string | null {
  return roomIdIn(usePathname());
}

/**
 * Opens a room from what this device knows (`RoomSwitch`), without waiting for the server to render it. The address is as
 * good as any other: a reload, a link and the way back all work.
 */
export function useOpenRoom(): (roomId: string) => void {
  return useCallback((roomId) => openHere(roomPath(roomId)), []);
}

function openHere(path: string): void {
  if (location.pathname + location.search !== path) history.pushState(null, "", path);
}

type Props = Omit<ComponentProps<"a">, "href"> & { roomId: string };

export function RoomLink({ roomId, ...rest }: Props) {
  const isHere = useRoomInPath() === roomId;
  return <HereLink {...rest} path={roomPath(roomId)} aria-current={isHere ? "page" : undefined} />;
}

/** From what stands beside the list, on a phone in its place, to the list. A dot tells that something waits there. */
export function BackToRooms() {
  const here = useRoomInPath();
  const waits = useMe(({ rooms, threads }) => waitsBeside(rooms.values(), threads, here));
  return (
    <HereLink
      className={waits ? `tool back ${waits}` : "tool back"}
      path="/rooms"
      aria-label={
        waits ? `Back to rooms, ${waits === "called" ? "somebody asks for you" : "some unread"}` : "Back to rooms"
      }
    >
      <ChevronLeft className="i l" />
    </HereLink>
  );
}

/** The same from a page that stands in a room's place; beside the list there is no need of it. */
export function ToRooms() {
  return (
    <HereLink path="/rooms" className="text-button to-list">
      Back to rooms
    </HereLink>
  );
}

type HereProps = Omit<ComponentProps<"a">, "href"> & { path: string };

/** A link to what this device draws by itself. With a modifier key it is a link like any other, and opens a tab. */
export function HereLink({ path, onClick, ...rest }: HereProps) {
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
    openHere(path);
  };
  return <a {...rest} href={path} onClick={follow} />;
}
