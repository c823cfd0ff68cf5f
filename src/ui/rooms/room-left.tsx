"use client";

import type { Room } from "#shared/rooms.ts";
import { Calm } from "#ui/kit/calm.tsx";
import { LeftWords } from "#ui/messages/left-words.tsx";
import { useRoomActions } from "./room-actions.ts";
import { ToRooms } from "./room-link.tsx";
import { useRoomLabel } from "./use-room-name.ts";
import { useTakenIn } from "./use-taken-in.ts";

/** In a room's place, once one is no longer in it. */
export function RoomLeft({ room }: { room: Room }) {
  const actions = useRoomActions();
  const label = useRoomLabel(room);
  useTakenIn(room.id);
  const join = async () => {
    if (await actions.join(room)) location.reload();
  };
  const canJoin = room.kind === "channel" && room.visibility === "public" && room.archivedAt === null;
  return (
    <Calm title="You're no longer in this room.">
      <p>
        {canJoin
          ? `${label} is open to everybody here: you can join it again.`
          : `What was said in ${label} stays with the people in it.`}
      </p>
      <div className="ways">
        {/* A full load: the lobby is found by the server. */}
        <a className="button main" href="/">
          Go to the lobby
        </a>
        {canJoin && (
          <button type="button" className="button" onClick={() => void join()}>
            Join again
          </button>
        )}
      </div>
      <LeftWords roomId={room.id} />
      <ToRooms />
    </Calm>
  );
}
