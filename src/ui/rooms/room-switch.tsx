"use client";

import { usePathname, useRouter, useSelectedLayoutSegment } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Calm } from "#ui/kit/calm.tsx";
import { useMe, useMyRoom } from "#ui/me/use-me.ts";
import { GhostRows } from "#ui/messages/ghost-rows.tsx";
import { useClient } from "#ui/trpc/client-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { useChat } from "./chat-context.ts";
import { roomIdIn } from "./room-address.ts";
import { RoomHeader } from "./room-header.tsx";
import { HereLink } from "./room-link.tsx";
import { KnownRoom, type RoomSnapshot, RoomView } from "./room-view.tsx";
import { RoomsHome } from "./rooms-home.tsx";

/**
 * What the address names. A first load and a link from outside are rendered by the server; from room to room the address
 * changes without it (`useOpenRoom`), and the room is drawn from what this device knows.
 */
export function RoomSwitch({ children }: { children: ReactNode }) {
  const rendered = useSelectedLayoutSegment();
  const pathname = usePathname();
  const roomId = roomIdIn(pathname);
  const lobbyId = useMe(({ rooms }) => [...rooms.values()].find((room) => room.isLobby)?.id ?? null);
  if (roomId && roomId !== rendered) return <ChosenRoom key={roomId} roomId={roomId} />;
  if (rendered && pathname.replace(/\/$/, "") === "/rooms") return <RoomsHome lobbyId={lobbyId} />;
  return children;
}

function ChosenRoom({ roomId }: { roomId: string }) {
  const { rooms } = useChat();
  // Once: what the feed makes of it later is the room's own matter.
  const [known] = useState(() => rooms.getState(roomId));
  if (known?.room) return <KnownRoom room={known.room} first={known} target={null} />;
  return <FetchedRoom roomId={roomId} />;
}

function FetchedRoom({ roomId }: { roomId: string }) {
  const client = useClient();
  const connection = useConnection();
  const router = useRouter();
  const [snapshot, setSnapshot] = useState<RoomSnapshot | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    if (snapshot || hasFailed) return;
    let isOver = false;
    // The page first: its cursor must not be newer than the settings, or a change between the two would be lost.
    const read = async () => {
      const page = await client.message.page.query({ roomId });
      const { room } = await client.room.get.query({ roomId });
      if (!isOver) setSnapshot({ room, page });
    };
    read().catch((error) => {
      if (isOver) return;
      // The server has the page for what is not there, and for what is not ours.
      if (refusalOf(error).reason === "NOT_FOUND") router.replace(location.pathname + location.search);
      else setHasFailed(true);
    });
    return () => {
      isOver = true;
    };
  }, [client, router, roomId, snapshot, hasFailed]);

  useEffect(() => (hasFailed ? connection.onWell(() => setHasFailed(false)) : undefined), [connection, hasFailed]);

  if (snapshot) return <RoomView snapshot={snapshot} />;
  if (!hasFailed) return <ComingRoom roomId={roomId} />;
  return (
    <Calm title="This room didn't load">
      <p>The server didn't answer. What you wrote and didn't send is still on this device.</p>
      <button type="button" className="button main" onClick={() => setHasFailed(false)}>
        Try again
      </button>
      <HereLink path="/rooms" className="text-button to-list">
        Back to rooms
      </HereLink>
    </Calm>
  );
}

const COMING = [[62, 38], [44], [70, 54, 31], [58]] as const;

/** The shape of a room that is on its way. */
function ComingRoom({ roomId }: { roomId: string }) {
  const room = useMyRoom(roomId);
  return (
    <main className="room" aria-busy="true">
      {room ? <RoomHeader room={room} /> : <header className="bar" />}
      <div className="scroll">
        <div className="flow">
          <GhostRows widths={COMING} />
        </div>
      </div>
    </main>
  );
}
