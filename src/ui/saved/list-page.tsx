"use client";

import { type ReactNode, useEffect } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";
import { BackToRooms } from "#ui/rooms/room-link.tsx";

/** A list in a room's place. */
export function ListPage({ title, children }: { title: string; children: ReactNode }) {
  const { serverName } = useChat();
  useEffect(() => {
    document.title = `${title}, ${serverName}`;
  }, [title, serverName]);
  return (
    <main className="room list-page">
      <header className="bar">
        <BackToRooms />
        <div className="title">
          <h1>{title}</h1>
        </div>
      </header>
      <div className="list-scroll">{children}</div>
    </main>
  );
}
