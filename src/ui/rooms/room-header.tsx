"use client";

import type { Person } from "#shared/people.ts";
import type { Room } from "#shared/rooms.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { PersonButton } from "#ui/people/person-button.tsx";
import { PresenceLine } from "#ui/presence/presence-line.tsx";
import { useChat } from "./chat-context.ts";
import { RoomIcon } from "./room-icon.tsx";
import { personIn } from "./room-label.ts";
import { BackToRooms } from "./room-link.tsx";
import { RoomTools } from "./room-tools.tsx";
import { RoomTopic } from "./room-topic.tsx";
import { useRoomName } from "./use-room-name.ts";

/** What the room is, and what one may do with it. */
export function RoomHeader({ room }: { room: Room }) {
  const { viewer } = useChat();
  const mine = useMyRoom(room.id);
  const person = personIn(room, viewer.id);
  return (
    <header className="bar">
      <BackToRooms />
      {person ? <OfTwo room={room} person={person} /> : <OfMany room={room} />}
      {mine && <RoomTools room={mine} />}
    </header>
  );
}

function OfMany({ room }: { room: Room }) {
  return (
    <>
      <RoomIcon room={room} className="i l kind" />
      <div className="title">
        <h1>{useRoomName(room)}</h1>
        <RoomTopic room={room} />
      </div>
    </>
  );
}

function OfTwo({ room, person }: { room: Room; person: Person }) {
  const { viewer } = useChat();
  return (
    <>
      <PersonButton person={person} className="header-face" isRepeat>
        <Face person={person} size="m" hasDot />
      </PersonButton>
      <div className="title">
        <h1>
          <PersonButton person={person}>{useRoomName(room)}</PersonButton>
        </h1>
        <p className="topic">
          {person.id === viewer.id ? "Notes that only you see" : <PresenceLine person={person} />}
        </p>
      </div>
    </>
  );
}
