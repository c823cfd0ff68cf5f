"use client";

import Bookmark from "lucide-react/icons/bookmark";
import Copy from "lucide-react/icons/copy";
import Info from "lucide-react/icons/info";
import Link from "lucide-react/icons/link";
import Mail from "lucide-react/icons/mail";
import MessageSquare from "lucide-react/icons/message-square";
import Pencil from "lucide-react/icons/pencil";
import Pin from "lucide-react/icons/pin";
import Reply from "lucide-react/icons/reply";
import SmilePlus from "lucide-react/icons/smile-plus";
import Trash2 from "lucide-react/icons/trash-2";
import type { Message } from "#shared/messages.ts";
import { useRecentEmoji } from "#ui/emoji/recent-emoji.ts";
import { Menu, type MenuItem, type MenuPlace, type QuickItem } from "#ui/kit/menu.tsx";
import { hasReacted } from "#ui/reactions/has-reacted.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useConversation } from "./conversation.ts";
import type { MessageAct } from "./message-acts.ts";
import { QuotedWords } from "./quote-line.tsx";
import { useMessageActs } from "./use-message-acts.ts";
import { useIsSaved } from "./use-shown.ts";

type Props = { message: Message; place: MenuPlace | null; onClose: () => void };

const QUICK = 5;

/** Everything one can do with a message: a menu at its row, a sheet under a finger. */
export function MessageMenu({ message, place, onClose }: Props) {
  const { conversation, label } = useConversation();
  const { viewer } = useChat();
  const acts = useMessageActs();
  const isSaved = useIsSaved(message.id);
  const recent = useRecentEmoji();
  const offered = acts.offered(message);
  const anchor = anchorOf(message.id);

  const all: (MenuItem & { act: MessageAct })[] = [
    { act: "quote", label: "Quote", icon: Reply, keys: "R", onSelect: () => acts.quote(message) },
    { act: "thread", label: "Reply in thread", icon: MessageSquare, keys: "T", onSelect: () => acts.thread(message) },
    { act: "edit", label: "Edit", icon: Pencil, keys: "E", onSelect: () => acts.edit(message) },
    { act: "copy-text", label: "Copy text", icon: Copy, onSelect: () => void acts.copyText(message) },
    { act: "copy-link", label: "Copy link", icon: Link, onSelect: () => void acts.copyLink(message) },
    {
      act: "save",
      label: isSaved ? "Remove from saved" : "Save for later",
      icon: Bookmark,
      keys: "S",
      onSelect: () => acts.save(message, !isSaved),
    },
    {
      act: "pin",
      label: message.pinned ? "Unpin" : `Pin to ${label}`,
      icon: Pin,
      keys: "P",
      onSelect: () => acts.pin(message, !message.pinned),
    },
    {
      act: "mark-unread",
      label: "Mark unread from here",
      icon: Mail,
      onSelect: () => void acts.markUnread(message),
    },
    { act: "info", label: "Message info", icon: Info, onSelect: () => later(() => acts.info(message)) },
    {
      act: "delete",
      label: "Delete",
      icon: Trash2,
      keys: "Del",
      isGrave: true,
      onSelect: () => void acts.remove(message),
    },
  ];
  const items: MenuItem[] = all.filter(
    ({ act }) => offered.has(act) && (act !== "thread" || conversation.threadRoot === null),
  );
  const quick: QuickItem[] = recent.slice(0, QUICK).map((emoji) => {
    const isOn = hasReacted(message, emoji, viewer.id);
    return {
      label: isOn ? `Take back ${emoji}` : `React with ${emoji}`,
      face: emoji,
      isOn,
      onSelect: () => acts.react(message, emoji, !isOn),
    };
  });
  if (anchor)
    quick.push({
      label: "More emoji",
      face: <SmilePlus className="i l" />,
      onSelect: () => later(() => conversation.float({ kind: "emoji", message, anchor })),
    });
  return (
    <Menu
      label="Message actions"
      place={place}
      onClose={onClose}
      items={withLine(items)}
      quick={offered.has("react") ? quick : []}
      about={<QuotedWords message={message} />}
    />
  );
}

/** The menu says that it closed after its item was chosen; what the item opens comes after that. */
function later(open: () => void): void {
  setTimeout(open, 0);
}

function withLine(items: readonly MenuItem[]): (MenuItem | "line")[] {
  return items.flatMap((item) => (item.isGrave ? ["line" as const, item] : [item]));
}

function anchorOf(messageId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-message="${messageId}"]`);
}
