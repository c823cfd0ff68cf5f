"use client";

import Reply from "lucide-react/icons/reply";
import { plainTextOf } from "#shared/markdown/plain-text.ts";
import type { Message } from "#shared/messages.ts";
import { usePerson } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { useConversation } from "./conversation.ts";
import { useShown } from "./use-shown.ts";

const LINE = 160;

/** What a message answers, over its words. A click leads there. */
export function QuoteLine({ messageId, quoted }: { messageId: string; quoted: Message | null }) {
  const { jumpTo } = useConversation();
  return (
    <button type="button" className="note quote" onClick={() => jumpTo(messageId)}>
      <Reply className="i" />
      <QuotedWords message={quoted ?? undefined} />
    </button>
  );
}

/** Who said it, and its first line; undefined while its row is not here. */
export function QuotedWords({ message }: { message: Message | undefined }) {
  return message ? <KnownWords message={message} /> : <span className="label">An earlier message</span>;
}

function KnownWords({ message: row }: { message: Message }) {
  const message = useShown(row);
  const name = usePerson(message.author).name;
  if (message.deletedAt) return <span className="label">A deleted message</span>;
  return (
    <>
      <Face person={message.author} size="xs" />
      <b>{name}</b>
      <span className="label">{plainTextOf(message.body, LINE)}</span>
    </>
  );
}
