"use client";

import { useCallback, useEffect, useState } from "react";
import { toast } from "#ui/kit/toast-store.ts";
import { useLoading } from "#ui/messages/use-older.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { applyThread, changeThread } from "#ui/rooms/room-windows.ts";
import { useRoomState } from "#ui/rooms/use-room-state.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";

/** A thread as this device knows it, and the ways to know more of it. */
export function useThread(roomId: string, rootId: string) {
  const { rooms, viewer } = useChat();
  const client = useClient();
  const state = useRoomState(roomId);
  const window = state?.threads.get(rootId);
  const [problem, setProblem] = useState<"gone" | "silent" | null>(null);
  const isMissing = state !== undefined && window === undefined && problem === null;

  const pagesFrom = state?.pagesFrom;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that was asked for before this moved is not taken
  useEffect(() => {
    if (!isMissing) return;
    let isOver = false;
    client.thread.page.query({ rootId }).then(
      (page) => isOver || rooms.update(roomId, (now) => applyThread(now, page)),
      (error) => isOver || setProblem(refusalOf(error).reason === "NOT_FOUND" ? "gone" : "silent"),
    );
    return () => {
      isOver = true;
    };
  }, [isMissing, pagesFrom, rooms, client, roomId, rootId]);

  const askOlder = useCallback(() => {
    const known = rooms.getState(roomId)?.threads.get(rootId);
    if (!known?.hasOlder) return null;
    const before = known.floor;
    return client.thread.page
      .query({ rootId, before })
      .then((page) => rooms.update(roomId, (now) => applyThread(now, page, before)));
  }, [rooms, client, roomId, rootId]);
  const older = useLoading(askOlder);

  const messages = state ? rooms.replies(state, rootId) : [];
  const mine = messages.findLast(({ author }) => author.id === viewer.id)?.seq ?? 0;
  const isFollowing = window?.isFollowing ?? false;
  // Whoever answers follows; the feed of the room does not say so, for it is theirs alone.
  useEffect(() => {
    if (mine === 0) return;
    client.thread.page.query({ rootId, limit: 1 }).then(
      ({ isFollowing, lastReadSeq }) =>
        rooms.update(roomId, (now) => changeThread(now, rootId, { isFollowing, lastReadSeq })),
      () => {},
    );
  }, [mine, client, rooms, roomId, rootId]);

  const follow = useCallback(
    (isOn: boolean) => {
      const set = (isFollowing: boolean) => rooms.update(roomId, (now) => changeThread(now, rootId, { isFollowing }));
      set(isOn);
      client.thread.follow.mutate({ rootId, isOn }).catch((error) => {
        set(!isOn);
        toast({
          title: isOn ? "You don't follow this thread" : "You still follow this thread",
          body: refusalOf(error).sentence || "The server didn't answer. Try again in a moment.",
        });
      });
    },
    [rooms, client, roomId, rootId],
  );
  const mark = useCallback(
    async (seq: number) => {
      await client.thread.read.mutate({ rootId, seq });
      rooms.update(roomId, (now) => changeThread(now, rootId, { lastReadSeq: seq }));
    },
    [rooms, client, roomId, rootId],
  );
  return { state, window, messages, isFollowing, problem, retry: () => setProblem(null), older, follow, mark };
}
