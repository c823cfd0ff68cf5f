"use client";

import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { TYPING_EVERY_MS } from "#shared/limits.ts";
import type { Receipt } from "#shared/rooms.ts";
import { useMe } from "#ui/me/use-me.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { NO_ACTIVITY, typingWords } from "./activity.ts";
import { useChat } from "./chat-context.ts";

function useActivity(roomId: string) {
  const { activity } = useChat();
  return useSyncExternalStore(
    activity.subscribe,
    () => activity.getState(roomId),
    () => NO_ACTIVITY,
  );
}

/** Who is typing here, as words; "" when nobody is. */
export function useTypingWords(roomId: string, threadRoot: string | null): string {
  const { typing } = useActivity(roomId);
  const { rooms } = useChat();
  const people = useMe((state) => state.people);
  const here = typing.filter((each) => each.threadRoot === threadRoot);
  if (here.length === 0) return "";
  const members = rooms.getState(roomId)?.members;
  return typingWords(
    here.map(({ userId }) => people.get(userId)?.name ?? members?.get(userId)?.person.name ?? "Someone"),
  );
}

/** Where everybody stands, by user. */
export function useReceipts(roomId: string): ReadonlyMap<string, Receipt> {
  return useActivity(roomId).receipts;
}

/** Says that one is typing, as often as it is worth saying. A call that is lost is lost. */
export function useSayTyping(roomId: string, threadRoot: string | null): () => void {
  const client = useClient();
  const connection = useConnection();
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place has not been told yet
  useEffect(() => {
    saidAt.current = Number.NEGATIVE_INFINITY;
  }, [roomId, threadRoot]);
  return useMemo(
    () => () => {
      const now = performance.now();
      // Nobody hears it while the server is away, and later it is no longer true.
      if (now - saidAt.current < TYPING_EVERY_MS || !connection.isAnswered) return;
      saidAt.current = now;
      client.room.typing.mutate({ roomId, ...(threadRoot && { threadRoot }) }).catch(() => {});
    },
    [client, connection, roomId, threadRoot],
  );
}
