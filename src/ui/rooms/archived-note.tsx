"use client";

import Archive from "lucide-react/icons/archive";
import { can } from "#shared/can.ts";
import type { Room } from "#shared/rooms.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useChat } from "./chat-context.ts";
import { useRoomActions } from "./room-actions.ts";
import { standingIn } from "./room-menu.ts";
import { useRoomLabel } from "./use-room-name.ts";

/** In the composer's place, once a room is closed for writing. */
export function ArchivedNote({ room }: { room: Room }) {
  const { role } = useChat();
  const mine = useMyRoom(room.id);
  const actions = useRoomActions();
  const label = useRoomLabel(room);
  const standing = mine && standingIn(mine, role);
  const mayRestore = standing && can(standing.actor, "room.restore", { ...standing.target, isArchived: true });
  return (
    <section className="archived-note" aria-label="Archived">
      <Archive className="i l" />
      <p>
        {label} is archived. You can read it; nobody can write in it.
        {!mayRestore && " One of its owners can restore it."}
      </p>
      {mayRestore && (
        <button type="button" className="button" onClick={() => void actions.restore(room)}>
          Restore
        </button>
      )}
    </section>
  );
}
