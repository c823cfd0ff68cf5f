"use client";

import { useCallback } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";
import { openProfile } from "./profile-store.ts";

/** Opens somebody's card by their id, as a name in a message knows them. Keeps its identity. */
export function useOpenPerson(): (id: string, anchor: HTMLElement) => void {
  const { me, viewer } = useChat();
  return useCallback(
    (id, anchor) => {
      const known = me.getState().people.get(id) ?? (id === viewer.id ? viewer : null);
      if (known) openProfile(known, anchor);
    },
    [me, viewer],
  );
}
