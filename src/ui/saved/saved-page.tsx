"use client";

import { useQuery } from "@tanstack/react-query";
import Bookmark from "lucide-react/icons/bookmark";
import BookmarkX from "lucide-react/icons/bookmark-x";
import { useMemo } from "react";
import type { FoundMessage } from "#shared/messages.ts";
import { useClock } from "#ui/kit/clock.ts";
import { Empty } from "#ui/kit/empty.tsx";
import { toast } from "#ui/kit/toast-store.ts";
import { Tool } from "#ui/kit/tool.tsx";
import { useIsSaved } from "#ui/messages/use-shown.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { messagePath } from "#ui/rooms/room-address.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { FoundRow } from "./found-row.tsx";
import { ListPage } from "./list-page.tsx";
import { RoomTitle } from "./room-title.tsx";

/** What I saved for later, the last one first. Whatever I take out stays in sight until I leave, to be put back. */
export function SavedPage({ found }: { found: readonly FoundMessage[] }) {
  const client = useClient();
  const fresh = useQuery(
    {
      queryKey: ["saved"],
      queryFn: () => client.message.saved.query(),
      initialData: [...found],
      staleTime: 0,
    },
    queries(),
  );
  return (
    <ListPage title="Saved">
      {fresh.data.length === 0 ? (
        <Empty title="Nothing is saved" icon={Bookmark}>
          Save a message that you want to come back to: open its menu and choose “Save for later”. Only you see this
          list.
        </Empty>
      ) : (
        <ul className="found" aria-label="Saved messages">
          {fresh.data.map((each) => (
            <li key={each.message.id}>
              <SavedRow found={each} />
            </li>
          ))}
        </ul>
      )}
    </ListPage>
  );
}

function SavedRow({ found: { message, roomId, roomTitle } }: { found: FoundMessage }) {
  const clock = useClock();
  const { overlays } = useChat();
  const client = useClient();
  const isSaved = useIsSaved(message.id);
  const path = useMemo(() => messagePath(roomId, message.id), [roomId, message.id]);
  const save = (isOn: boolean) => {
    const call = () => client.message.save.mutate({ messageId: message.id, isOn });
    overlays.perform(roomId, message.id, { kind: "save", isOn }, call).catch(() => {
      toast({
        title: isOn ? "It wasn't saved" : "It is still saved",
        body: "The server didn't answer. Try again in a moment.",
      });
    });
  };
  return (
    <FoundRow
      message={message}
      clock={clock}
      about={<RoomTitle roomId={roomId} title={roomTitle} />}
      onOpen={() => history.pushState(null, "", path)}
      tools={
        <Tool
          label={isSaved ? "Remove from saved" : "Save again"}
          icon={isSaved ? Bookmark : BookmarkX}
          aria-pressed={isSaved}
          onClick={() => save(!isSaved)}
        />
      }
    />
  );
}
