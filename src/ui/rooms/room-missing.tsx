"use client";

import Link from "next/link";
import { lazy, Suspense, useEffect } from "react";
import { isId } from "#shared/ids.ts";
import { Calm } from "#ui/kit/calm.tsx";
import { isLooking, onLooking } from "#ui/kit/looking.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { ToRooms, useRoomInPath } from "./room-link.tsx";
import { useTakenIn } from "./use-taken-in.ts";

const LeftWords = lazy(() => import("#ui/messages/left-words.tsx").then((module) => ({ default: module.LeftWords })));

/** Where there is no room, or none for the viewer: nobody learns which of the two it is. */
export function RoomMissing() {
  const roomId = useRoomInPath();
  useTakenIn(roomId);
  useOpened(roomId);
  return (
    <Calm title="There's no such room here">
      <p>It may be gone, or you may not be in it. Ask whoever sent you the link.</p>
      <Link className="button main" href="/">
        Go to the lobby
      </Link>
      {roomId && (
        <Suspense>
          <LeftWords roomId={roomId} />
        </Suspense>
      )}
      <ToRooms />
    </Calm>
  );
}

/** It may have become public meanwhile: that is asked whenever one looks at the page again. */
function useOpened(roomId: string | null): void {
  const client = useClient();
  useEffect(() => {
    if (roomId === null || !isId(roomId)) return;
    const ask = () => client.room.preview.query({ roomId }).then(() => location.reload());
    // Refused, there is still nothing to be found; without an answer, nothing to be said that the page does not say.
    return onLooking(() => void (isLooking() && ask().catch(() => {})));
  }, [client, roomId]);
}
