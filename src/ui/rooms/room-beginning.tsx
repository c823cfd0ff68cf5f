"use client";

import UserRoundPlus from "lucide-react/icons/user-round-plus";
import { can } from "#shared/can.ts";
import type { Room } from "#shared/rooms.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useChat } from "./chat-context.ts";
import { openDialog } from "./dialog-store.ts";
import { InviteStep } from "./invite-step.tsx";
import { personIn } from "./room-label.ts";
import { standingIn } from "./room-menu.ts";
import { useRoomLabel, useRoomName } from "./use-room-name.ts";

/** The greeting where a room begins. An empty one says what to do first. */
export function RoomBeginning({ room, isEmpty }: { room: Room; isEmpty: boolean }) {
  const label = useRoomLabel(room);
  const name = useRoomName(room);
  const about = useAbout(room);
  if (!isEmpty)
    return (
      <div className="greet begins">
        <h2>{room.kind === "direct" ? name : `Beginning of ${label}`}</h2>
        <p>{about}</p>
      </div>
    );
  return (
    <div className="greet">
      <h2>{room.isLobby ? "This is the lobby" : room.kind === "direct" ? name : `This is ${name}`}</h2>
      <p>
        {about} {room.kind !== "direct" && "It's quiet so far. Say what this place is for, or bring the others in."}
      </p>
      {room.kind !== "direct" && (
        <ul className="next">
          <AddStep roomId={room.id} />
          {room.isLobby && (
            <li>
              <InviteStep />
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

/** One sentence on what this place is. */
function useAbout(room: Room): string {
  const { serverName, viewer } = useChat();
  const name = useRoomName(room);
  const person = personIn(room, viewer.id);
  if (person) return person.id === viewer.id ? "Only you see what you write here." : `Only you and ${name} see this.`;
  return room.isLobby ? `Everyone who joins ${serverName} arrives here.` : "This is where it starts.";
}

function AddStep({ roomId }: { roomId: string }) {
  const { role } = useChat();
  const mine = useMyRoom(roomId);
  const standing = mine && standingIn(mine, role);
  if (!standing || !can(standing.actor, "member.add", standing.target)) return null;
  return (
    <li>
      <button type="button" onClick={() => openDialog({ name: "add-people", roomId })}>
        <UserRoundPlus className="i l" />
        <span>
          <b>Add people</b>
          <small>Whoever you share a room with</small>
        </span>
      </button>
    </li>
  );
}
