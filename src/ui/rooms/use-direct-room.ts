"use client";

import { useCallback } from "react";
import { useClient } from "#ui/trpc/client-context.ts";
import { attempt } from "./attempt.ts";
import { noteOwnMove } from "./own-moves.ts";
import { useGoToRoom } from "./use-go-to-room.ts";

/** Goes to the one direct room with somebody, or with oneself. Answers whether it opened. */
export function useDirectRoom(): (userId: string) => Promise<boolean> {
  const client = useClient();
  const goTo = useGoToRoom();
  return useCallback(
    (userId) =>
      attempt("That room didn't open", async () => {
        const room = await client.room.direct.mutate({ userId });
        noteOwnMove(room.id);
        goTo(room.id);
      }),
    [client, goTo],
  );
}
