"use client";

import { usePresence } from "#ui/me/use-me.ts";
import { presenceWords } from "./presence-words.ts";

/** What the dot says, for who does not see it. */
export function PresenceNote({ userId }: { userId: string }) {
  const state = usePresence(userId);
  return <span className="sr">, {presenceWords(state).toLowerCase()}</span>;
}
