"use client";

import { useEffect } from "react";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { isAddressRefused } from "#ui/trpc/address.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { follow } from "#ui/trpc/follow.ts";
import type { Trouble } from "#ui/trpc/link-state.ts";
import { type Refusal, refusalOf } from "#ui/trpc/refusal.ts";

/** What it says of the database must not be old news for long. */
const LONGEST_WAIT_MS = 2_000;

/** Follows what is mine, and how the server hears of changes. Shows nothing. */
export function MeFeed() {
  const { me } = useChat();
  const connection = useConnection();
  const client = useClient();

  useEffect(() => {
    const feed = follow(
      (handlers) =>
        client.me.feed.subscribe(undefined, {
          ...handlers,
          onData: (event) => {
            if (event.type === "node") return connection.setListening(event.listening);
            // Read from the database: it is there.
            feed.settle();
            connection.setTrouble(null);
            me.take(event);
          },
        }),
      ({ reason }) => {
        if (reason === "UNAVAILABLE") connection.setTrouble("database");
        if (reason === "UNAUTHORIZED") connection.onSessionEnded();
        return reason === "UNAUTHORIZED";
      },
      LONGEST_WAIT_MS,
    );
    return feed.stop;
  }, [client, connection, me]);

  useEffect(() => {
    let isAsking = false;
    connection.onRefused = async () => {
      if (isAsking) return;
      isAsking = true;
      const refusal = await client.room.list.query().then(() => null, refusalOf);
      if (refusal?.reason === "UNAUTHORIZED") leaveToSignIn();
      const trouble = await troubleBehind(refusal, connection.isWelcome);
      if (!connection.hasSocket) connection.setTrouble(trouble);
      isAsking = false;
    };
  }, [client, connection]);

  return null;
}

/** Why there is no socket, judged by how a call over HTTP went. Null when that did not get through either. */
async function troubleBehind(refusal: Refusal | null, isWelcome: boolean): Promise<Trouble | null> {
  if (refusal?.reason === "UNAVAILABLE") return "database";
  if (refusal?.reason === "FORBIDDEN") return "address";
  if (refusal) return null;
  return !isWelcome && (await isAddressRefused()) ? "address" : "sockets";
}
