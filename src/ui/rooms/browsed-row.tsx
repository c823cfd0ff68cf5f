"use client";

import type { BrowsedRoom } from "#shared/rooms.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useRoomActions } from "./room-actions.ts";
import { RoomIcon } from "./room-icon.tsx";
import { RoomLink } from "./room-link.tsx";
import { useGoToRoom } from "./use-go-to-room.ts";
import { useRoomLabel } from "./use-room-name.ts";

/** A room that one may join, or is in. */
export function BrowsedRow({ browsed: { room, memberCount, isMember } }: { browsed: BrowsedRoom }) {
  const actions = useRoomActions();
  const goTo = useGoToRoom();
  const label = useRoomLabel(room);
  // My own list knows sooner than a page that was read before.
  const isIn = useMyRoom(room.id) !== undefined || isMember;
  // What is archived is for those who are in it; what everybody has left, for whoever takes it up again.
  const canJoin = room.archivedAt === null || memberCount === 0;
  const join = async () => {
    if (await actions.join(room)) goTo(room.id);
  };
  return (
    <li className="browsed-row">
      <RoomIcon room={room} className="i l" />
      <div>
        <b>{room.slug ?? room.title}</b>
        <small>
          {memberCount === 1 ? "1 member" : `${memberCount} members`}
          {room.topic && `, ${room.topic}`}
        </small>
      </div>
      {isIn ? (
        <RoomLink roomId={room.id} className="button" aria-label={`Open ${label}`}>
          Open
        </RoomLink>
      ) : (
        canJoin && (
          <button type="button" className="button" aria-label={`Join ${label}`} onClick={() => void join()}>
            Join
          </button>
        )
      )}
    </li>
  );
}
