"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { Room } from "#shared/rooms.ts";
import { MeFeed } from "./me-feed.tsx";
import { RoomFeeds } from "./room-feeds.tsx";
import { Sidebar } from "./sidebar.tsx";

/** The columns. On a phone one at a time: the list at /rooms, a room at its own address. */
export function Shell({ rooms: first, children }: { rooms: Room[]; children: ReactNode }) {
  const current = useSelectedLayoutSegment();
  const [rooms, setRooms] = useState(first);
  return (
    <div className="app" data-view={current ? "room" : "list"}>
      <MeFeed onRooms={setRooms} />
      <RoomFeeds />
      <Sidebar rooms={rooms} current={current} />
      {children}
    </div>
  );
}
