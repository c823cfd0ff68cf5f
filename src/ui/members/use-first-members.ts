"use client";

import { useEffect, useMemo, useState } from "react";
import type { Member, MemberPage } from "#shared/rooms.ts";
import { useRoomState } from "#ui/rooms/use-room-state.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { liveCount, liveMembers } from "./member-list.ts";
import { useChangedMembers } from "./use-changed-members.ts";

const PAGE = 100;
const NO_PAGES: readonly MemberPage[] = [];

/**
 * The first members of a room and how many there are, for a button that is on every screen: without the library of the
 * lists, which is not worth its weight in the first load. Until the page is here nobody; where it did not come it is asked for again when all is well.
 */
export function useFirstMembers(roomId: string): { members: readonly Member[]; count: number } {
  const client = useClient();
  const connection = useConnection();
  const changed = useChangedMembers(roomId);
  const [pages, setPages] = useState(NO_PAGES);
  const resetAt = useRoomState(roomId)?.resetAt ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset forgets what the feed told of since the page was read
  useEffect(() => {
    let isHere = true;
    setPages(NO_PAGES);
    let stopWaiting = () => {};
    const ask = () =>
      client.member.list.query({ roomId, limit: PAGE }).then(
        (page) => isHere && setPages([page]),
        () => {
          if (isHere) stopWaiting = connection.onWell(again);
        },
      );
    const again = () => {
      stopWaiting();
      void ask();
    };
    void ask();
    return () => {
      isHere = false;
      stopWaiting();
    };
  }, [client, connection, roomId, resetAt]);
  return {
    members: useMemo(() => (pages.length > 0 ? liveMembers(pages, changed) : []), [pages, changed]),
    count: useMemo(() => liveCount(pages, changed), [pages, changed]),
  };
}
