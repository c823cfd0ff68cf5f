"use client";

import { useEffect } from "react";
import type { Client } from "#ui/trpc/client.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import type { Connection } from "#ui/trpc/connection.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { Idle } from "./idle.ts";

const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "focus"] as const;

/** Tells the server whether anybody sits here. Shows nothing. */
export function AwayWatch() {
  const connection = useConnection();
  const client = useClient();
  useEffect(() => watch(client, connection), [client, connection]);
  return null;
}

function watch(client: Client, connection: Connection): () => void {
  const say = (isAway: boolean) => {
    // It is said of a socket: without one there is nobody to be away, and the next one is told again.
    if (connection.hasSocket) client.me.setAway.mutate({ isAway }).catch(() => {});
  };
  const idle = new Idle(say);
  const stopWaiting = connection.onWell(() => idle.isAway && say(true));
  const end = new AbortController();
  for (const sign of SIGNS) addEventListener(sign, idle.stir, { capture: true, passive: true, signal: end.signal });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && idle.stir(), {
    signal: end.signal,
  });
  return () => {
    end.abort();
    stopWaiting();
    idle.stop();
  };
}
