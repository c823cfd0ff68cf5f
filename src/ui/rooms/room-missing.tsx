"use client";

import Link from "next/link";
import { Calm } from "#ui/kit/calm.tsx";
import { useRoomInPath } from "./room-link.tsx";
import { useTakenIn } from "./use-taken-in.ts";

/** Where there is no room, or none for the viewer: nobody learns which of the two it is. */
export function RoomMissing() {
  useTakenIn(useRoomInPath());
  return (
    <Calm title="There's no such room here">
      <p>It may be gone, or you may not be in it. Ask whoever sent you the link.</p>
      <Link className="button main" href="/">
        Go to the lobby
      </Link>
    </Calm>
  );
}
