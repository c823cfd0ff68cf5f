"use client";

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
import { FoundRow } from "./found-row.tsx";
import { ListPage } from "./list-page.tsx";
import { RoomTitle } from "./room-title.tsx";
import { useCurrent } from "./use-current.ts";
import { useSavedRows } from "./use-saved-rows.ts";

/** What I saved for later, the last one first. Whatever I take out stays in sight until I leave, to be put back. */
export function SavedPage({ found }: { found: readonly FoundMessage[] }) {
  const { rows, touch } = useSavedRows(found);
  return (
    <ListPage title="Saved">
      {rows.length === 0 ? (
        <Empty title="Nothing is saved" icon={Bookmark}>
          Save a message that you want to come back to: open its menu and choose “Save for later”. Only you see this
          list.
        </Empty>
      ) : (
        <ul className="found" aria-label="Saved messages">
          {rows.map((each) => (
            <li key={each.message.id}>
              <SavedRow found={each} onTouch={() => touch(each.message.id)} />
            </li>
          ))}
        </ul>
      )}
    </ListPage>
  );
}

function SavedRow({ found, onTouch }: { found: FoundMessage; onTouch: () => void }) {
  const { roomId, roomTitle } = found;
  const message = useCurrent(roomId, found.message);
  const clock = useClock();
  const { overlays } = useChat();
  const client = useClient();
  const isSaved = useIsSaved(message.id);
  const path = useMemo(() => messagePath(roomId, message.id), [roomId, message.id]);
  const save = (isOn: boolean) => {
    onTouch();
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
