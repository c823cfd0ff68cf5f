"use client";

import { useEffect } from "react";
import { useClient } from "#ui/trpc/client-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { useChat } from "./chat-context.ts";
import { undelivered } from "./delivered.ts";

const TOGETHER_MS = 1_000;
/** As many as one call takes. */
const MOST = 500;

/** Says which messages have reached this device, a second's worth at a time. Shows nothing. */
export function DeliveredWatch() {
  const { me } = useChat();
  const connection = useConnection();
  const client = useClient();
  useEffect(() => {
    const said = new Map<string, number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const known = me.getState();
      const rooms = undelivered(known.rooms.values(), said, known.people.size).slice(0, MOST);
      if (rooms.length === 0 || !connection.hasSocket) return;
      for (const { roomId, seq } of rooms) said.set(roomId, seq);
      client.me.delivered.mutate({ rooms }).catch(() => {
        // Said again with the next news, or when the link is back.
        for (const { roomId, seq } of rooms) if (said.get(roomId) === seq) said.delete(roomId);
      });
    };
    const soon = () => {
      timer ??= setTimeout(tell, TOGETHER_MS);
    };
    soon();
    const stops = [me.subscribe(soon), connection.onWell(soon)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [me, connection, client]);
  return null;
}
