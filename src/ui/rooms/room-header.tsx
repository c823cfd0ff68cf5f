import ChevronLeft from "lucide-react/icons/chevron-left";
import Link from "next/link";
import type { Room } from "#shared/rooms.ts";
import { RoomIcon } from "./room-icon.tsx";
import { roomName } from "./room-label.ts";

export function RoomHeader({ room }: { room: Room }) {
  return (
    <header className="bar">
      <Link className="tool back" href="/rooms" aria-label="Back to rooms">
        <ChevronLeft className="i l" />
      </Link>
      <RoomIcon room={room} className="i l kind" />
      <div className="title">
        <h1>{roomName(room)}</h1>
        {room.topic && <p className="topic">{room.topic}</p>}
      </div>
    </header>
  );
}
