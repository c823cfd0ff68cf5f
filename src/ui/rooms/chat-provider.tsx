"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { Limits } from "#shared/limits.ts";
import type { Person, ServerRole } from "#shared/people.ts";
import type { MyRoom } from "#shared/rooms.ts";
import { Drafts } from "#ui/composer/drafts.ts";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import { MeStore } from "#ui/me/me-store.ts";
import { Outbox } from "#ui/messages/outbox.ts";
import { outboxStorage } from "#ui/messages/outbox-storage.ts";
import { outboxTabs } from "#ui/messages/outbox-tabs.ts";
import { OverlayStore } from "#ui/messages/overlay-store.ts";
import { sendWithin } from "#ui/messages/send.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { ActivityStore } from "./activity-store.ts";
import { ChannelNames } from "./channel-names.ts";
import { ChatContext } from "./chat-context.ts";
import { versionOf } from "./room-state.ts";
import { RoomStore } from "./room-store.ts";

type Props = {
  viewer: Person;
  role: ServerRole;
  limits: Limits;
  serverName: string;
  /** My rooms, as the server rendered them. */
  myRooms: readonly MyRoom[];
  children: ReactNode;
};

/** Holds what outlives a single room: what is mine, the rooms' rows, the outbox and the drafts. */
export function ChatProvider({ viewer, role, limits, serverName, myRooms, children }: Props) {
  const connection = useConnection();
  const client = useClient();
  const [chat] = useState(() => {
    const outbox = new Outbox({
      storage: outboxStorage(viewer.id),
      tabs: outboxTabs(viewer.id),
      send: (entry) => sendWithin(client, entry),
      isLinkLive: () => connection.getState() === "live",
      isOnline: () => navigator.onLine,
      onSignedOut: leaveToSignIn,
    });
    const [me, rooms] = [new MeStore(myRooms), new RoomStore()];
    const stores = { me, rooms, outbox, drafts: new Drafts(viewer.id), overlays: overlaysOver(viewer.id, rooms, me) };
    const channels = new ChannelNames((slugs) => client.room.named.query({ slugs }));
    return { viewer, role, limits, serverName, activity: new ActivityStore(), channels, ...stores };
  });

  useEffect(() => {
    const stop = chat.outbox.start();
    const stopWaking = connection.onWell(chat.outbox.wake);
    const stopSettling = chat.rooms.subscribe(() => settle(chat.rooms, chat.outbox, viewer.id));
    return () => [stop, stopWaking, stopSettling].forEach((each) => void each());
  }, [chat, connection, viewer.id]);

  return <ChatContext value={chat}>{children}</ChatContext>;
}

/** What this person did a moment ago, over the rows and what is saved. */
function overlaysOver(viewerId: string, rooms: RoomStore, me: MeStore): OverlayStore {
  return new OverlayStore({
    viewerId,
    find: (roomId, messageId) => rooms.find(roomId, messageId),
    isSaved: (messageId) => me.getState().saved.has(messageId),
    subscribe: (listener) => {
      const stops = [rooms.subscribe(listener), me.subscribe(listener)];
      return () => stops.forEach((stop) => void stop());
    },
  });
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
