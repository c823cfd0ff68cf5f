"use client";

import Ellipsis from "lucide-react/icons/ellipsis";
import MessageSquare from "lucide-react/icons/message-square";
import Reply from "lucide-react/icons/reply";
import SmilePlus from "lucide-react/icons/smile-plus";
import { useState } from "react";
import type { Message } from "#shared/messages.ts";
import { warmEmoji } from "#ui/emoji/emoji-popover.tsx";
import { AT_HAND, recentOf } from "#ui/emoji/recent-emoji.ts";
import { read } from "#ui/kit/kept.ts";
import { warmMenu } from "#ui/kit/menu.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { hasReacted } from "#ui/reactions/has-reacted.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useConversation, useConversationState } from "./conversation.ts";
import { warmMessageMenu } from "./message-floats.tsx";
import { useMessageActs } from "./use-message-acts.ts";

/** What one does most with a message, at its row's top right while a pointer or the focus is there. */
export function RowActions({ message }: { message: Message }) {
  const { viewer } = useChat();
  const { conversation } = useConversation();
  const acts = useMessageActs();
  const offered = acts.offered(message);
  // Read once: buttons that change places under the pointer are pressed by mistake.
  const [quick] = useState(() => recentOf(read("emoji-recent") ?? "").slice(0, AT_HAND));
  const open = useConversationState(conversation, ({ float }) =>
    float?.message.id === message.id ? float.kind : null,
  );
  if (offered.size === 0) return null;
  return (
    <div className="rail">
      <div className="actions" role="toolbar" aria-label="Message actions">
        {offered.has("react") && (
          <>
            {quick.map((emoji) => {
              const isOn = hasReacted(message, emoji, viewer.id);
              const label = isOn ? `Take back ${emoji}` : `React with ${emoji}`;
              return (
                <button
                  key={emoji}
                  type="button"
                  className="tool"
                  aria-label={label}
                  aria-pressed={isOn}
                  data-tip={label}
                  tabIndex={-1}
                  onClick={() => acts.react(message, emoji, !isOn)}
                >
                  {emoji}
                </button>
              );
            })}
            <Tool
              label="Add a reaction"
              icon={SmilePlus}
              tabIndex={-1}
              aria-expanded={open === "emoji"}
              onPointerEnter={warmEmoji}
              onClick={(event) => conversation.float({ kind: "emoji", message, anchor: event.currentTarget })}
            />
            <i />
          </>
        )}
        {offered.has("quote") && (
          <Tool label="Quote" keys="R" icon={Reply} tabIndex={-1} onClick={() => acts.quote(message)} />
        )}
        {offered.has("thread") && conversation.threadRoot === null && (
          <Tool
            label="Reply in thread"
            keys="T"
            icon={MessageSquare}
            tabIndex={-1}
            onClick={() => acts.thread(message)}
          />
        )}
        <Tool
          label="More"
          icon={Ellipsis}
          tabIndex={-1}
          aria-haspopup="menu"
          aria-expanded={open === "menu"}
          onPointerEnter={() => {
            warmMenu();
            warmMessageMenu();
          }}
          onClick={(event) => conversation.float({ kind: "menu", message, place: event.currentTarget })}
        />
      </div>
    </div>
  );
}
