"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { FoundMessage } from "#shared/messages.ts";
import { useMe } from "#ui/me/use-me.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { savedRows } from "./saved-rows.ts";

/** What is saved, as it changes. A row that was touched here stays after it was taken out. */
export function useSavedRows(found: readonly FoundMessage[]) {
  const { me } = useChat();
  const client = useClient();
  const { data, refetch } = useQuery(
    {
      queryKey: ["saved"],
      queryFn: () => client.message.saved.query(),
      initialData: [...found],
      staleTime: 0,
      refetchOnWindowFocus: true,
    },
    queries(),
  );
  const saved = useMe((state) => state.saved);
  const roomIds = useMe(({ rooms }) => [...rooms.keys()].sort().join(" "));
  // Saved or taken out elsewhere, or its room is left: the feed tells that much, the list itself has to be asked for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that news is the reason to ask again
  useEffect(() => void refetch(), [saved, roomIds, refetch]);
  const [touched] = useState(() => new Set<string>());
  const [rows, setRows] = useState(found);
  useEffect(() => {
    const { rooms } = me.getState();
    const stays = ({ message, roomId }: FoundMessage) => touched.has(message.id) && rooms.has(roomId);
    setRows((shown) => savedRows(shown, data, stays));
  }, [data, me, touched]);
  return { rows, touch: (messageId: string) => void touched.add(messageId) };
}
