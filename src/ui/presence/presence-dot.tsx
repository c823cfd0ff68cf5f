"use client";

import { usePresence } from "#ui/me/use-me.ts";

/** Cut out of a face: here is a disc, away a ring, gone is nothing. What it says in words stands beside the name. */
export function PresenceDot({ userId }: { userId: string }) {
  const state = usePresence(userId);
  if (state === "offline") return null;
  return <i className={state === "online" ? "dot here" : "dot away"} />;
}
