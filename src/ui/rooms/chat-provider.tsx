"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { Limits } from "#shared/limits.ts";
import type { Person } from "#shared/people.ts";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import { Drafts } from "#ui/messages/drafts.ts";
import { Outbox } from "#ui/messages/outbox.ts";
import { outboxStorage } from "#ui/messages/outbox-storage.ts";
import { outboxTabs } from "#ui/messages/outbox-tabs.ts";
import { sendWithin } from "#ui/messages/send.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { trpc } from "#ui/trpc/trpc.ts";
import { ChatContext } from "./chat-context.ts";
import { versionOf } from "./room-state.ts";
import { RoomStore } from "./room-store.ts";

type Props = { viewer: Person; limits: Limits; serverName: string; children: ReactNode };

/** Holds what outlives a single room: the rooms' rows, the outbox and the drafts. */
export function ChatProvider({ viewer, limits, serverName, children }: Props) {
  const connection = useConnection();
  const { client } = trpc.useUtils();
  const [chat] = useState(() => {
    const outbox = new Outbox({
      storage: outboxStorage(viewer.id),
      tabs: outboxTabs(viewer.id),
      send: ({ roomId, clientId, body }) => sendWithin(client, { roomId, clientId, body }),
      isLinkLive: () => connection.getState() === "live",
      isOnline: () => navigator.onLine,
      onSignedOut: leaveToSignIn,
    });
    return { viewer, limits, serverName, rooms: new RoomStore(), outbox, drafts: new Drafts(viewer.id) };
  });

  useEffect(() => {
    const stop = chat.outbox.start();
    const stopWaking = connection.onWell(chat.outbox.wake);
    const stopSettling = chat.rooms.subscribe(() => settle(chat.rooms, chat.outbox, viewer.id));
    return () => [stop, stopWaking, stopSettling].forEach((each) => void each());
  }, [chat, connection, viewer.id]);

  return <ChatContext value={chat}>{children}</ChatContext>;
}

/** Drops from the outbox what has its row in a room. */
function settle(rooms: RoomStore, outbox: Outbox, viewerId: string): void {
  for (const roomId of new Set(outbox.getEntries().map((entry) => entry.roomId))) {
    const state = rooms.getState(roomId);
    if (!state) continue;
    const mine = new Set<string>();
    for (const message of state.messages.values()) if (message.author.id === viewerId) mine.add(message.clientId);
    outbox.settle(roomId, (clientId) => mine.has(clientId), versionOf(state));
  }
}
