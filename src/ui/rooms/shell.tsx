"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { keepLastPlace } from "./last-place.ts";
import { RoomFeeds } from "./room-feeds.tsx";
import { RoomSwitch } from "./room-switch.tsx";
import { Sidebar } from "./sidebar.tsx";

/** The columns. On a phone one at a time: the list at /rooms, a room at its own address. */
export function Shell({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  useEffect(() => keepLastPlace(pathname), [pathname]);
  return (
    <div className="app" data-view={pathname === "/rooms" ? "list" : "room"}>
      <RoomFeeds />
      <Sidebar />
      <RoomSwitch>{children}</RoomSwitch>
    </div>
  );
}
