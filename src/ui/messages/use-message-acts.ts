"use client";

import { useMemo } from "react";
import type { Message } from "#shared/messages.ts";
import { editDraft, quoteDraft } from "#ui/composer/drafts.ts";
import { noteEmoji } from "#ui/emoji/recent-emoji.ts";
import { copyAddress, copyText } from "#ui/kit/clipboard.ts";
import { confirm } from "#ui/kit/confirm-store.ts";
import { toast } from "#ui/kit/toast-store.ts";
import { firstFocusOf } from "#ui/kit/went-on.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { messagePath } from "#ui/rooms/room-address.ts";
import { usePanel } from "#ui/rooms/use-panel.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { useConversation } from "./conversation.ts";
import { actsOn, type MessageAct } from "./message-acts.ts";
import { type Deed, withOverlays } from "./overlays.ts";

/** Everything that can be done with a message of this list. What goes to the server is shown at once, and taken back with a word when it is refused. */
export function useMessageActs() {
  const { overlays, viewer, me, role, drafts } = useChat();
  const { conversation } = useConversation();
  const { openThread } = usePanel();
  const client = useClient();

  return useMemo(() => {
    const perform = (message: Message, deed: Deed, failed: string, call: () => Promise<unknown>) =>
      overlays.perform(message.roomId, message.id, deed, call).then(
        () => true,
        (error) => {
          toast({ title: failed, body: reasonOf(error) });
          return false;
        },
      );

    const isSaved = (messageId: string) => {
      const deed = overlays.of(messageId).find((overlay) => overlay.deed.kind === "save")?.deed;
      return deed?.kind === "save" ? deed.isOn : me.getState().saved.has(messageId);
    };
    const acts = {
      react: (message: Message, emoji: string, isOn: boolean) => {
        if (isOn) noteEmoji(emoji);
        const call = () => client.message.react.mutate({ messageId: message.id, emoji, isOn });
        const failed = isOn ? `Your ${emoji} wasn't added` : `Your ${emoji} is still there`;
        void perform(message, { kind: "reaction", emoji, isOn }, failed, call);
      },
      saveEdit: async (message: Message, body: string) => {
        conversation.edit(null);
        if (body === message.body) return;
        const call = () => client.message.edit.mutate({ messageId: message.id, body });
        if (await perform(message, { kind: "edit", body }, "Your edit wasn't saved", call)) return;
        // What was written is not lost: the next attempt begins with it.
        drafts.set(editDraft(message.id), body);
      },
      remove: async (message: Message) => {
        const from = document.activeElement;
        const isSure = await confirm({
          title: message.author.id === viewer.id ? "Delete this message?" : `Delete ${message.author.name}'s message?`,
          body: "Everyone sees that something was deleted, and nobody can read it any more.",
          action: "Delete",
          isGrave: true,
          // A row that was left for this is still there; the bar of one that was pointed at has gone.
          goOn: () => (isStillThere(from) ? from : firstFocusOf(conversation.draftKey)),
        });
        if (!isSure) return;
        const call = () => client.message.delete.mutate({ messageId: message.id });
        await perform(message, { kind: "delete" }, "The message wasn't deleted", call);
      },
      pin: (message: Message, isOn: boolean) => {
        const call = () => client.message.pin.mutate({ messageId: message.id, isOn });
        void perform(message, { kind: "pin", isOn }, isOn ? "It wasn't pinned" : "It is still pinned", call);
      },
      save: (message: Message, isOn: boolean) => {
        const call = () => client.message.save.mutate({ messageId: message.id, isOn });
        void perform(message, { kind: "save", isOn }, isOn ? "It wasn't saved" : "It is still saved", call);
      },
      togglePinned: (message: Message) =>
        acts.pin(message, withOverlays(message, overlays.of(message.id), viewer.id).pinned === null),
      toggleSaved: (message: Message) => acts.save(message, !isSaved(message.id)),
      markUnread: async (message: Message) => {
        const resume = conversation.suspendReading();
        const { roomId, seq } = message;
        await client.me.markUnread.mutate({ roomId, seq }).catch((error) => {
          resume();
          toast({ title: "It wasn't marked unread", body: reasonOf(error) });
        });
      },
      edit: (message: Message) => conversation.edit(message.id),
      quote: (message: Message) => {
        drafts.set(quoteDraft(conversation.draftKey), message.id);
        conversation.noteQuoting(true);
      },
      thread: (message: Message) => openThread(message.id),
      copyLink: (message: Message) =>
        copyAddress(location.origin + messagePath(message.roomId, message.id), { title: "Link copied" }),
      copyText: (message: Message) => copyText(message.body),
      info: (message: Message) => conversation.float({ kind: "info", message }),
      history: (message: Message) => conversation.float({ kind: "history", message }),
    };

    const offered = (message: Message): Set<MessageAct> => {
      const room = me.getState().rooms.get(message.roomId);
      if (!room) return new Set();
      return actsOn(message, viewer.id, room, { serverRole: role, roomRole: room.role });
    };
    return { ...acts, offered };
  }, [overlays, viewer.id, me, role, drafts, conversation, openThread, client]);
}

export type MessageActs = ReturnType<typeof useMessageActs>;

function isStillThere(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.isConnected && element !== document.body;
}

function reasonOf(error: unknown): string {
  return refusalOf(error).sentence || "The server didn't answer. Try again in a moment.";
}
