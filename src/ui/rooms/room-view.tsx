"use client";

import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { MessagePage } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { Mark } from "#ui/kit/mark.tsx";
import { Announcer } from "#ui/messages/announcer.tsx";
import { Composer } from "#ui/messages/composer.tsx";
import { NewestPill } from "#ui/messages/newest-pill.tsx";
import { OutboxList } from "#ui/messages/outbox-list.tsx";
import { StatusLine } from "#ui/messages/status-line.tsx";
import { Timeline, type TimelineHandle } from "#ui/messages/timeline.tsx";
import { useNewest } from "#ui/messages/use-newest.ts";
import { useUnsent } from "#ui/messages/use-unsent.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { useChat } from "./chat-context.ts";
import { RoomBeginning } from "./room-beginning.tsx";
import { RoomHeader } from "./room-header.tsx";
import { roomLabel } from "./room-label.ts";
import { RoomLeft } from "./room-left.tsx";
import { fromSnapshot, type RoomState } from "./room-state.ts";

type Snapshot = { room: Room; page: MessagePage };

/** A room on screen: at first as the server rendered it, from then on as its feed tells. */
export function RoomView({ snapshot }: { snapshot: Snapshot }) {
  const { rooms } = useChat();
  const connection = useConnection();
  const roomId = snapshot.room.id;
  const first = useMemo(() => fromSnapshot(snapshot), [snapshot]);
  const state =
    useSyncExternalStore(
      rooms.subscribe,
      () => rooms.getState(roomId),
      () => undefined,
    ) ?? first;
  const hasLeft = useSyncExternalStore(
    rooms.subscribe,
    () => rooms.hasLeft(roomId),
    () => false,
  );

  const rendered = useRef(first);
  useEffect(() => {
    rooms.open(roomId, rendered.current);
    connection.setRoomOnScreen(roomId);
    return () => connection.setRoomOnScreen(null);
  }, [rooms, connection, roomId]);

  if (hasLeft) return <RoomLeft />;
  return <OpenRoom room={state.room ?? snapshot.room} state={state} />;
}

function OpenRoom({ room, state }: { room: Room; state: RoomState }) {
  const { rooms, outbox, viewer } = useChat();
  const timeline = useRef<TimelineHandle>(null);
  const messages = rooms.visible(state);
  const unsent = useUnsent(room.id, state.messages);
  const { isAtEnd, missed, onEndChange } = useNewest(messages, viewer.id);
  const label = roomLabel(room);
  const isEmpty = messages.length === 0 && unsent.length === 0;
  const toEnd = () => timeline.current?.scrollToEnd();
  const send = (body: string) => {
    outbox.add(room.id, body);
    toEnd();
  };
  return (
    <main className={isAtEnd ? "room" : "room scrolled"}>
      <RoomHeader room={room} />
      {isEmpty && <Mark as="echo in-room" />}
      <Timeline
        ref={timeline}
        roomId={room.id}
        label={label}
        messages={messages}
        hasOlder={state.hasOlder}
        beginning={<RoomBeginning room={room} isEmpty={isEmpty} />}
        onEndChange={onEndChange}
      />
      <div className={isAtEnd ? "unsent" : "unsent scrolled"}>
        {!isAtEnd && <NewestPill count={missed} onJump={toEnd} />}
        <OutboxList entries={unsent} last={isAtEnd ? messages.at(-1) : undefined} />
      </div>
      <StatusLine />
      <Composer roomId={room.id} label={label} onSend={send} />
      <Announcer messages={messages} viewerId={viewer.id} />
    </main>
  );
}
