"use client";

import type { Room } from "#shared/rooms.ts";
import { useChat } from "./chat-context.ts";
import { InviteStep } from "./invite-step.tsx";
import { roomLabel, roomName } from "./room-label.ts";

/** The greeting where a room begins. An empty one says what to do first. */
export function RoomBeginning({ room, isEmpty }: { room: Room; isEmpty: boolean }) {
  const { serverName } = useChat();
  if (!isEmpty)
    return (
      <div className="greet begins">
        <h2>Beginning of {roomLabel(room)}</h2>
        <p>{room.isLobby ? `Everyone who joins ${serverName} arrives here.` : "This is where it starts."}</p>
      </div>
    );
  return (
    <div className="greet">
      <h2>{room.isLobby ? "This is the lobby" : `This is ${roomName(room)}`}</h2>
      <p>
        {room.isLobby ? `Everyone who joins ${serverName} arrives here. ` : ""}
        It's quiet so far. Say what this place is for, or bring the others in.
      </p>
      <ul className="next">
        <li>
          <InviteStep />
        </li>
      </ul>
    </div>
  );
}
