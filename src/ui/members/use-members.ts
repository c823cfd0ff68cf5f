"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Member, MemberPage } from "#shared/rooms.ts";
import { useRoomState } from "#ui/rooms/use-room-state.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { liveCount, liveMembers } from "./member-list.ts";
import { useChangedMembers } from "./use-changed-members.ts";

const PAGE = 100;
/** What the feed tells is newer than this; it matters only after the room was out of sight. */
const FRESH_MS = 60_000;
const NO_PAGES: readonly MemberPage[] = [];

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
  const client = useClient();
  const changed = useChangedMembers(roomId);
  // A reset forgets what the feed told of since the pages were read.
  const resetAt = useRoomState(roomId)?.resetAt ?? "";
  const { data, isPending, isError, hasNextPage, fetchNextPage } = useInfiniteQuery(
    {
      queryKey: ["members", roomId, resetAt],
      queryFn: ({ pageParam }) =>
        client.member.list.query({ roomId, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
      staleTime: FRESH_MS,
      retry: 1,
    },
    queries(),
  );
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
