"use client";

import { useEffect } from "react";
import type { Room } from "#shared/rooms.ts";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { follow } from "#ui/trpc/follow.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { trpc } from "#ui/trpc/trpc.ts";

/** Follows what is mine: the room list, and how the server hears of changes. Shows nothing. */
export function MeFeed({ onRooms }: { onRooms: (rooms: Room[]) => void }) {
  const connection = useConnection();
  const { client } = trpc.useUtils();

  useEffect(() => {
    const feed = follow(
      (handlers) =>
        client.me.feed.subscribe(undefined, {
          ...handlers,
          onData: (event) => {
            feed.settle();
            if (event.type === "rooms") onRooms(event.rooms);
            else connection.setListening(event.listening);
          },
        }),
      ({ reason }) => {
        if (reason === "UNAUTHORIZED") connection.onSessionEnded();
        return reason === "UNAUTHORIZED";
      },
    );
    return feed.stop;
  }, [client, connection, onRooms]);

  useEffect(() => {
    let isAsking = false;
    connection.onRefused = async () => {
      if (isAsking) return;
      isAsking = true;
      const refusal = await client.room.list.query().then(() => null, refusalOf);
      if (refusal?.reason === "UNAUTHORIZED") leaveToSignIn();
      isAsking = false;
    };
  }, [client, connection]);

  return null;
}
