"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import type { Member, MemberPage } from "#shared/rooms.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { trpc } from "#ui/trpc/trpc.ts";
import { liveCount, liveMembers } from "./member-list.ts";

const PAGE = 100;
/** What the feed tells is newer than this; it matters only after the room was out of sight. */
const FRESH_MS = 60_000;
const NO_PAGES: readonly MemberPage[] = [];
const NO_CHANGES: ReadonlyMap<string, Member> = new Map();

export type Members = {
  members: readonly Member[];
  count: number;
  isLoading: boolean;
  hasFailed: boolean;
  hasMore: boolean;
  loadMore: () => void;
};

/** Who is in a room, as it changes. */
export function useMembers(roomId: string): Members {
  const { client } = trpc.useUtils();
  const changed = useChangedMembers(roomId);
  const { data, isPending, isError, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["members", roomId],
    queryFn: ({ pageParam }) =>
      client.member.list.query({ roomId, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: FRESH_MS,
    retry: 1,
  });
  const pages = data?.pages ?? NO_PAGES;
  return {
    members: useMemo(() => liveMembers(pages, changed), [pages, changed]),
    count: useMemo(() => liveCount(pages, changed), [pages, changed]),
    isLoading: isPending,
    hasFailed: isError,
    hasMore: hasNextPage,
    loadMore: () => void fetchNextPage(),
  };
}

function useChangedMembers(roomId: string): ReadonlyMap<string, Member> {
  const { rooms } = useChat();
  const read = () => rooms.getState(roomId)?.members ?? NO_CHANGES;
  return useSyncExternalStore(rooms.subscribe, read, () => NO_CHANGES);
}
