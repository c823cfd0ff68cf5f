"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { BrowsedRoom } from "#shared/rooms.ts";
import { Calm } from "#ui/kit/calm.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { LeftWords } from "#ui/messages/left-words.tsx";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { useRoomActions } from "./room-actions.ts";
import { ToRooms } from "./room-link.tsx";

/** In a public channel's place, for whoever was led to it and is not in it. Once they are, the page is what they came for. */
export function JoinChannel({ offered }: { offered: BrowsedRoom }) {
  const router = useRouter();
  const actions = useRoomActions();
  const { room, memberCount, refetch } = useOffered(offered);
  const [isJoining, setIsJoining] = useState(false);
  // My list says so, whoever took me in: this button, another tab, somebody else.
  const isIn = useMyRoom(room.id) !== undefined;
  useEffect(() => {
    if (isIn) router.refresh();
  }, [isIn, router]);

  const join = async () => {
    setIsJoining(true);
    // My list may not hear of it: where sockets are refused nothing does.
    if (await actions.join(room)) return router.refresh();
    setIsJoining(false);
    void refetch();
  };
  const isAbandoned = room.archivedAt !== null && memberCount === 0;
  const canJoin = room.archivedAt === null || isAbandoned;
  return (
    <Calm title={`#${room.slug ?? room.title}`}>
      {room.topic && <p className="about">{room.topic}</p>}
      <p>
        {isAbandoned
          ? "Everybody has left this channel"
          : `${memberCount === 1 ? "1 person is" : `${memberCount} people are`} in this channel`}
        .{" "}
        {isAbandoned
          ? "Whoever joins it now owns it, and can restore it."
          : canJoin
            ? "Anybody here can join, and read what was said before."
            : "It is archived: only they can still read it."}
      </p>
      {canJoin && (
        <button
          type="button"
          className="button main"
          aria-busy={isJoining}
          disabled={isJoining}
          onClick={() => void join()}
        >
          {isJoining ? "Joining…" : "Join channel"}
        </button>
      )}
      <LeftWords roomId={room.id} />
      <ToRooms />
    </Calm>
  );
}

/** The channel as it is now: others join it, archive it, take it up. One that is public no longer is not there. */
function useOffered(offered: BrowsedRoom) {
  const client = useClient();
  const roomId = offered.room.id;
  const { data, error, refetch } = useQuery(
    {
      queryKey: ["offered", roomId],
      queryFn: () => client.room.preview.query({ roomId }),
      initialData: offered,
      staleTime: 0,
      refetchOnWindowFocus: true,
      retry: false,
    },
    queries(),
  );
  const isGone = error !== null && refusalOf(error).reason === "NOT_FOUND";
  useEffect(() => {
    if (isGone) location.reload();
  }, [isGone]);
  return { ...data, refetch };
}
