"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import Link from "next/link";
import { type ReactNode, useEffect } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";

/** A list in a room's place. */
export function ListPage({ title, children }: { title: string; children: ReactNode }) {
  const { serverName } = useChat();
  useEffect(() => {
    document.title = `${title}, ${serverName}`;
  }, [title, serverName]);
  return (
    <main className="room list-page">
      <header className="bar">
        <Link className="tool back" href="/rooms" prefetch={false} aria-label="Back to rooms">
          <ChevronLeft className="i l" />
        </Link>
        <div className="title">
          <h1>{title}</h1>
        </div>
      </header>
      <div className="list-scroll">{children}</div>
    </main>
  );
}
