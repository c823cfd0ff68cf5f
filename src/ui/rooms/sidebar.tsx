"use client";

import Link from "next/link";
import type { Room } from "#shared/rooms.ts";
import { Mark } from "#ui/kit/mark.tsx";
import { SelfCard } from "#ui/people/self-card.tsx";
import { useChat } from "./chat-context.ts";
import { PendingRow } from "./pending-row.tsx";
import { RoomIcon } from "./room-icon.tsx";
import { roomName } from "./room-label.ts";

export function Sidebar({ rooms, current }: { rooms: readonly Room[]; current: string | null }) {
  const { serverName, viewer } = useChat();
  return (
    <nav className="sidebar" aria-label="Rooms">
      <header className="bar">
        <Mark />
        <h1 className="server">{serverName}</h1>
      </header>
      <div className="rooms">
        <h2>Rooms</h2>
        <ul>
          {rooms.map((room) => (
            <li key={room.id}>
              <Link className="row" href={`/rooms/${room.id}`} aria-current={room.id === current ? "page" : undefined}>
                <RoomIcon room={room} className="i" />
                <span className="label">{roomName(room)}</span>
                <PendingRow />
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <SelfCard viewer={viewer} />
    </nav>
  );
}
