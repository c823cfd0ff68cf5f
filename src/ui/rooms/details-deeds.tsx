"use client";

import { can } from "#shared/can.ts";
import type { MyRoom } from "#shared/rooms.ts";
import { useChat } from "./chat-context.ts";
import { useRoomActions } from "./room-actions.ts";
import { standingIn } from "./room-menu.ts";

/** The end of a room, or of one's own part in it. */
export function DetailsDeeds({ room, label }: { room: MyRoom; label: string }) {
  const { role } = useChat();
  const actions = useRoomActions();
  const { actor, target } = standingIn(room, role);
  return (
    <section className="details-deeds">
      {can(actor, "room.archive", target) && (
        <button type="button" className="button" onClick={() => void actions.archive(room, label)}>
          Archive {label}
        </button>
      )}
      {target.isArchived && can(actor, "room.restore", target) && (
        <button type="button" className="button" onClick={() => void actions.restore(room)}>
          Restore {label}
        </button>
      )}
      {can(actor, "room.leave", target) && (
        <button type="button" className="button grave" onClick={() => void actions.leave(room, label)}>
          Leave {label}
        </button>
      )}
    </section>
  );
}
