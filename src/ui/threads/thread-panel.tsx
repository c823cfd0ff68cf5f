"use client";

import Bell from "lucide-react/icons/bell";
import BellOff from "lucide-react/icons/bell-off";
import { useMemo, useState } from "react";
import type { Room } from "#shared/rooms.ts";
import { Panel } from "#ui/kit/panel.tsx";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { Conversation, ConversationContext, useConversation } from "#ui/messages/conversation.ts";
import { useRoomLabel } from "#ui/rooms/use-room-name.ts";
import { ThreadTalk } from "./thread-talk.tsx";
import { useThread } from "./use-thread.ts";

type Props = { room: Room; rootId: string; onClose: () => void };

/** A thread beside its room: what it is about, the replies, and where one answers. */
export function ThreadPanel({ room, rootId, onClose }: Props) {
  const thread = useThread(room.id, rootId);
  const label = useRoomLabel(room);
  const outer = useConversation();
  const [conversation] = useState(() => new Conversation(room.id, rootId));
  const place = useMemo(() => ({ conversation, label, jumpTo: outer.jumpTo }), [conversation, label, outer.jumpTo]);
  const { isFollowing, window } = thread;
  const tools = window && (
    <Tool
      label={isFollowing ? "Stop following" : "Follow this thread"}
      icon={isFollowing ? Bell : BellOff}
      isLarge
      aria-pressed={isFollowing}
      onClick={() => thread.follow(!isFollowing)}
    />
  );
  return (
    <Panel title="Thread" about={label} tools={tools} onClose={onClose}>
      <ConversationContext value={place}>
        {window ? (
          <ThreadTalk room={room} rootId={rootId} thread={thread} />
        ) : thread.problem ? (
          <div className="empty" role="alert">
            <h3>{thread.problem === "gone" ? "This thread isn't here" : "The thread didn't load"}</h3>
            <p>
              {thread.problem === "gone"
                ? "Its message may be gone, or the link is not for this room."
                : "The server didn't answer."}
            </p>
            {thread.problem === "silent" && (
              <button type="button" className="button" onClick={thread.retry}>
                Try again
              </button>
            )}
          </div>
        ) : (
          <Skeleton shape="person" count={4} label="Loading the thread" />
        )}
      </ConversationContext>
    </Panel>
  );
}
