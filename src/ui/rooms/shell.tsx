"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { RoomFeeds } from "./room-feeds.tsx";
import { RoomSwitch } from "./room-switch.tsx";
import { Sidebar } from "./sidebar.tsx";

/** The columns. On a phone one at a time: the list at /rooms, a room at its own address. */
export function Shell({ children }: { children: ReactNode }) {
  const isList = usePathname() === "/rooms";
  return (
    <div className="app" data-view={isList ? "list" : "room"}>
      <RoomFeeds />
      <Sidebar />
      <RoomSwitch>{children}</RoomSwitch>
    </div>
  );
}
