"use client";

import { useCallback, useRef } from "react";
import { EmojiPopover } from "#ui/emoji/emoji-popover.tsx";
import { part, usePart, warm } from "#ui/kit/part.ts";
import { type Float, useConversation, useConversationState } from "./conversation.ts";
import { useMessageActs } from "./use-message-acts.ts";

const menu = part(() => import("./message-menu.tsx").then((module) => module.MessageMenu));
const info = part(() => import("#ui/receipts/message-info.tsx").then((module) => module.MessageInfo));
const history = part(() => import("./edit-history.tsx").then((module) => module.EditHistory));
const reactions = part(() => import("#ui/reactions/reaction-people.tsx").then((module) => module.ReactionPeople));
const seen = part(() => import("#ui/receipts/seen-people.tsx").then((module) => module.SeenPeople));

export function warmMessageMenu(): void {
  warm(menu);
}

/** What is open over a list of messages: one for the whole list, fetched when it is first wanted. */
export function MessageFloats() {
  const { conversation } = useConversation();
  const float = useConversationState(conversation, (state) => state.float);
  const acts = useMessageActs();
  const close = useCallback(() => conversation.float(null), [conversation]);
  // Until the next one opens, what closes has something to fade out with.
  const last = useRef<Partial<{ [Kind in Float["kind"]]: Float & { kind: Kind } }>>({});
  if (float) last.current = { ...last.current, [float.kind]: float };
  const kind = float?.kind;
  const [Menu, Info, History, Reactions, Seen] = [
    usePart(menu, kind === "menu", close),
    usePart(info, kind === "info", close),
    usePart(history, kind === "history", close),
    usePart(reactions, kind === "reactions", close),
    usePart(seen, kind === "seen", close),
  ];
  const known = last.current;
  return (
    <>
      {Menu && known.menu && (
        <Menu message={known.menu.message} place={kind === "menu" ? known.menu.place : null} onClose={close} />
      )}
      {Info && known.info && <Info message={known.info.message} isOpen={kind === "info"} onClose={close} />}
      {History && known.history && (
        <History message={known.history.message} isOpen={kind === "history"} onClose={close} />
      )}
      {Reactions && known.reactions && (
        <Reactions
          message={known.reactions.message}
          anchor={kind === "reactions" ? known.reactions.anchor : null}
          onClose={close}
        />
      )}
      {Seen && known.seen && (
        <Seen message={known.seen.message} anchor={kind === "seen" ? known.seen.anchor : null} onClose={close} />
      )}
      {known.emoji && (
        <EmojiPopover
          anchor={kind === "emoji" ? known.emoji.anchor : null}
          onClose={close}
          onPick={(emoji) => known.emoji && acts.react(known.emoji.message, emoji, true)}
        />
      )}
    </>
  );
}
