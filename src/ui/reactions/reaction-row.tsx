"use client";

import SmilePlus from "lucide-react/icons/smile-plus";
import type { Message, Reaction } from "#shared/messages.ts";
import { warmEmoji } from "#ui/emoji/emoji-popover.tsx";
import { useConversation } from "#ui/messages/conversation.ts";
import { type MessageActs, useMessageActs } from "#ui/messages/use-message-acts.ts";
import { useUserNames } from "#ui/messages/use-user-name.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { reactionWords } from "./reaction-words.ts";

/** Who felt what: one chip per emoji. Mine is marked, and takes itself back. */
export function ReactionRow({ message }: { message: Message }) {
  const { conversation } = useConversation();
  const acts = useMessageActs();
  const canReact = acts.offered(message).has("react");
  return (
    <div className="reactions">
      {message.reactions.map((reaction) => (
        <Chip key={reaction.emoji} message={message} reaction={reaction} acts={canReact ? acts : null} />
      ))}
      {canReact && (
        <button
          type="button"
          className="add"
          aria-label="Add a reaction"
          data-tip="Add a reaction"
          onPointerEnter={warmEmoji}
          onClick={(event) => conversation.float({ kind: "emoji", message, anchor: event.currentTarget })}
        >
          <SmilePlus className="i" />
        </button>
      )}
    </div>
  );
}

function Chip({ message, reaction, acts }: { message: Message; reaction: Reaction; acts: MessageActs | null }) {
  const { viewer } = useChat();
  const { conversation } = useConversation();
  const nameOf = useUserNames();
  const { emoji, userIds } = reaction;
  const isMine = userIds.includes(viewer.id);
  const who = userIds.map((userId) => (userId === viewer.id ? "You" : nameOf(userId)));
  const words = reactionWords(who, emoji);
  const showAll = (anchor: HTMLElement) => conversation.float({ kind: "reactions", message, anchor });
  return (
    <button
      type="button"
      aria-pressed={isMine}
      aria-label={`${emoji} ${userIds.length}. ${words}`}
      data-tip={words}
      onClick={(event) => (acts ? acts.react(message, emoji, !isMine) : showAll(event.currentTarget))}
      onContextMenu={(event) => {
        event.preventDefault();
        showAll(event.currentTarget);
      }}
    >
      {emoji} <span className="num">{userIds.length}</span>
    </button>
  );
}
