"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { BrowsedRoom, BrowsedRooms } from "#shared/rooms.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";

export type BrowsedPages = {
  rooms: readonly BrowsedRoom[];
  isLoading: boolean;
  hasFailed: boolean;
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
};

/** Channels by name, page after page. */
export function useBrowsedRooms(query: string, isArchived: boolean): BrowsedPages {
  const client = useClient();
  const found = useInfiniteQuery(
    {
      queryKey: ["browse", isArchived, query],
      queryFn: ({ pageParam }) =>
        client.room.browse.query({ query, isArchived, ...(pageParam ? { after: pageParam } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: nextAfter,
      placeholderData: keepPreviousData,
      retry: 1,
    },
    queries(),
  );
  return {
    rooms: found.data?.pages.flatMap((page) => page.rooms) ?? [],
    isLoading: found.isPending,
    hasFailed: found.isError,
    hasMore: found.hasNextPage,
    loadMore: () => void found.fetchNextPage(),
    retry: () => void found.refetch(),
  };
}

function nextAfter(page: BrowsedRooms): string | null {
  const last = page.rooms.at(-1);
  return page.hasMore && last ? last.room.title : null;
}
