"use client";

import { useEffect, useState } from "react";
import type { Room } from "#shared/rooms.ts";
import { Calm } from "#ui/kit/calm.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useRoomActions } from "./room-actions.ts";

/** In a room's place, once one is no longer in it. A full load, either way: the lobby, and the room anew, are found by the server. */
export function RoomLeft({ room }: { room: Room }) {
  const actions = useRoomActions();
  const isIn = useMyRoom(room.id) !== undefined;
  const [wasOut, setWasOut] = useState(false);
  useEffect(() => {
    // The room's own feed may end before the list has heard of it.
    if (!isIn) setWasOut(true);
    else if (wasOut) location.reload();
  }, [isIn, wasOut]);
  const canJoin = room.kind === "channel" && room.visibility === "public" && room.archivedAt === null;
  return (
    <Calm title="You're no longer in this room.">
      <p>
        {canJoin
          ? "It is open to everybody here: you can join it again."
          : "What was said here stays with the people in it."}
      </p>
      <div className="ways">
        <a className="button main" href="/">
          Go to the lobby
        </a>
        {canJoin && (
          <button type="button" className="button" onClick={() => void actions.join(room)}>
            Join again
          </button>
        )}
      </div>
    </Calm>
  );
}
