"use client";

import { useDirectRoom } from "#ui/rooms/use-direct-room.ts";
import { useGoToRoom } from "#ui/rooms/use-go-to-room.ts";
import type { Entry } from "./palette-entries.ts";

/** Goes to what was chosen, or does it. */
export function useRunEntry(): (entry: Entry) => void {
  const goTo = useGoToRoom();
  const openDirect = useDirectRoom();
  return (entry) => {
    if (entry.kind === "room" || entry.kind === "channel") goTo(entry.room.id);
    else if (entry.kind === "person") void openDirect(entry.person.id);
    else entry.deed.run();
  };
}
