"use client";

import { useQuery } from "@tanstack/react-query";
import MessagesSquare from "lucide-react/icons/messages-square";
import { useEffect } from "react";
import { plainTextOf } from "#shared/markdown/plain-text.ts";
import type { FollowedThread, Message } from "#shared/messages.ts";
import { useClock } from "#ui/kit/clock.ts";
import { Empty } from "#ui/kit/empty.tsx";
import { useMe, usePerson } from "#ui/me/use-me.ts";
import { roomPath } from "#ui/rooms/room-address.ts";
import { FoundRow } from "#ui/saved/found-row.tsx";
import { ListPage } from "#ui/saved/list-page.tsx";
import { RoomTitle } from "#ui/saved/room-title.tsx";
import { useCurrent } from "#ui/saved/use-current.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { repliesWords } from "./replies-line.tsx";
import { type ListedThread, unreadFirst } from "./unread-first.ts";

/** The threads that I follow: those with something new first, and among them the newest reply. */
export function ThreadsPage({ threads }: { threads: readonly FollowedThread[] }) {
  const client = useClient();
  const known = useQuery(
    {
      queryKey: ["threads"],
      queryFn: () => client.thread.list.query(),
      initialData: [...threads],
      staleTime: 0,
      refetchOnWindowFocus: true,
    },
    queries(),
  );
  const unread = useMe((state) => state.threads);
  const { refetch } = known;
  // What is new was told by the feed; the list itself has to be asked for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its news is the reason to ask again
  useEffect(() => void refetch(), [unread, refetch]);
  const rows = unreadFirst(known.data, unread);
  return (
    <ListPage title="Threads">
      {rows.length === 0 ? (
        <Empty title="No threads yet" icon={MessagesSquare}>
          Answer a message in its thread, or follow one: what is new in it shows here.
        </Empty>
      ) : (
        <ul className="found" aria-label="Threads you follow">
          {rows.map((thread) => (
            <li key={thread.root.id}>
              <ThreadRow thread={thread} />
            </li>
          ))}
        </ul>
      )}
    </ListPage>
  );
}

/** Of the newest reply: enough to know whether it is for oneself. */
const WORDS = 120;

function ThreadRow({ thread }: { thread: ListedThread }) {
  const { roomId, unread, isCalled } = thread;
  const clock = useClock();
  const root = useCurrent(roomId, thread.root);
  const address = `${roomPath(roomId)}?thread=${root.id}`;
  return (
    <FoundRow
      message={root}
      clock={clock}
      onOpen={() => history.pushState(null, "", address)}
      about={
        <>
          <RoomTitle roomId={roomId} title="" />
          {root.thread && ` · ${repliesWords(root.thread.count)}`}
          {unread > 0 && " · "}
          {unread > 0 && (
            <b className={isCalled ? "new called" : "new"}>
              {unread} new{isCalled && ", for you"}
            </b>
          )}
          {thread.last && <LastReply roomId={roomId} reply={thread.last} />}
        </>
      }
    />
  );
}

function LastReply({ roomId, reply }: { roomId: string; reply: Message }) {
  const { author, body, deletedAt } = useCurrent(roomId, reply);
  const { name } = usePerson(author);
  if (deletedAt) return null;
  return (
    <span className="last">
      <b>{name}</b> {plainTextOf(body, WORDS)}
    </span>
  );
}
