"use client";

import { useSearchParams } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { MessagePage } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { useChat } from "./chat-context.ts";
import { OpenRoom } from "./open-room.tsx";
import { RoomActivity } from "./room-activity.tsx";
import { fromSnapshot, type RoomState } from "./room-state.ts";
import { visitPage } from "./room-windows.ts";
import { useRoomLabel } from "./use-room-name.ts";
import { useRoomState } from "./use-room-state.ts";

const RoomLeft = lazy(() => import("./room-left.tsx").then((module) => ({ default: module.RoomLeft })));

/** `around` is the page around a message, and `target` that message, when the address named one. */
export type RoomSnapshot = { room: Room; page: MessagePage; around?: MessagePage | null; target?: string | null };

/** A room on screen: at first as it was read, by the server or by this device, from then on as its feed tells. */
export function RoomView({ snapshot }: { snapshot: RoomSnapshot }) {
  // A page rendered for a link to a message serves the room's plain address too, when one comes back to it.
  const isNamed = useSearchParams().get("message") === snapshot.target;
  const [first] = useState(() => firstState(snapshot, isNamed));
  return <KnownRoom room={snapshot.room} first={first} target={(isNamed && snapshot.target) || null} />;
}

function firstState(snapshot: RoomSnapshot, isNamed: boolean): RoomState {
  const state = fromSnapshot(snapshot);
  return isNamed && snapshot.around ? visitPage(state, snapshot.around) : state;
}

/** The same of a room whose state is at hand. */
export function KnownRoom({ room, first, target }: { room: Room; first: RoomState; target: string | null }) {
  const { rooms, serverName } = useChat();
  const connection = useConnection();
  const told = useRoomState(room.id);
  const state = told ?? first;
  // A room that one has left is forgotten; what was told of it last is what it is.
  const last = useRef(first.room ?? room);
  if (told?.room) last.current = told.room;
  const hasLeft = useSyncExternalStore(
    rooms.subscribe,
    () => rooms.hasLeft(room.id),
    () => false,
  );
  const now = state.room ?? room;
  const label = useRoomLabel(now);

  const rendered = useRef(first);
  useEffect(() => {
    rooms.open(room.id, rendered.current);
    connection.setRoomOnScreen(room.id);
    return () => connection.setRoomOnScreen(null);
  }, [rooms, connection, room.id]);
  // A room that was opened without the server has no page of its own to bring the title.
  useEffect(() => {
    document.title = `${label}, ${serverName}`;
  }, [label, serverName]);

  if (hasLeft)
    return (
      <Suspense>
        <RoomLeft room={last.current} />
      </Suspense>
    );
  return (
    <>
      <RoomActivity roomId={room.id} />
      <OpenRoom key={room.id} room={now} state={state} target={target} />
    </>
  );
}
