"use client";

import { useCallback, useMemo, useState } from "react";
import { can } from "#shared/can.ts";
import type { Message } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { Composer } from "#ui/composer/composer.tsx";
import { quoteDraft } from "#ui/composer/drafts.ts";
import { useDraft } from "#ui/composer/use-draft.ts";
import { useTypedAnywhere } from "#ui/composer/use-typed-anywhere.ts";
import { part, usePart } from "#ui/kit/part.ts";
import { firstFocusOf } from "#ui/kit/went-on.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import type { Said } from "#ui/members/use-outsiders.ts";
import { ArchivedNote } from "#ui/rooms/archived-note.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useSayTyping } from "#ui/rooms/use-activity.ts";
import { useConversation, useConversationState } from "./conversation.ts";
import type { OutboxPlace } from "./outbox-entry.ts";
import { QuotedWords } from "./quote-line.tsx";
import { useCandidates } from "./use-candidates.tsx";
import { useLooseRows } from "./use-loose-rows.ts";

const outsidersNote = part(() => import("#ui/members/outsiders-note.tsx").then((module) => module.OutsidersNote));

/** A thread is opened to answer in it; on a touch screen the keyboard would cover what one came to read. */
const isAtDesk = () => matchMedia("(pointer: fine)").matches;

const NONE: ReadonlyMap<string, Message> = new Map();

type Props = {
  room: Room;
  messages: readonly Message[];
  placeholder?: string;
  onSend: (body: string, place: OutboxPlace) => void;
};

/** Where one writes in a room or a thread, with what is being answered over it. */
export function ConversationFoot({ room, messages, placeholder, onSend }: Props) {
  const { viewer, rooms, role } = useChat();
  const { conversation, label } = useConversation();
  const { threadRoot } = conversation;
  const mine = useMyRoom(room.id);
  const [quoting, keepQuote] = useDraft(quoteDraft(conversation.draftKey), undefined);
  const isQuoting = useConversationState(conversation, (state) => state.isQuoting);
  const endQuote = () => {
    keepQuote("");
    conversation.noteQuoting(false);
  };
  const candidates = useCandidates(room.id);
  const [said, setSaid] = useState<Said | null>(null);
  const clear = useCallback(() => setSaid(null), []);
  const goOn = () => {
    clear();
    firstFocusOf(conversation.draftKey)?.focus();
  };
  const Outsiders = usePart(outsidersNote, said !== null, clear, true);
  const sayTyping = useSayTyping(room.id, threadRoot);
  const quoted = quoting === "" ? undefined : rooms.find(room.id, quoting);
  const answering = useMemo(() => (quoting === "" ? [] : [{ replyTo: quoting }]), [quoting]);
  useLooseRows(room.id, answering, rooms.getState(room.id)?.messages ?? NONE);
  const isArchived = room.archivedAt !== null;
  const mayWrite = can({ serverRole: role, roomRole: mine?.role ?? "member" }, "message.send", { ...room, isArchived });
  useTypedAnywhere(conversation.draftKey, mayWrite && threadRoot === null);
  if (!mayWrite) return <ArchivedNote room={room} />;

  const editLast = () => {
    const last = messages.findLast(
      ({ author, kind, deletedAt }) => author.id === viewer.id && kind === "text" && !deletedAt,
    );
    if (last) conversation.edit(last.id);
  };
  return (
    <>
      {/* There from the start: a live region that appears with its words is not read. */}
      <div role="status">{Outsiders && said && <Outsiders room={room} said={said} onDone={goOn} />}</div>
      <Composer
        roomId={room.id}
        label={label}
        draftKey={conversation.draftKey}
        placeholder={placeholder}
        candidates={candidates}
        replyingTo={quoting !== "" && <QuotedWords message={quoted} />}
        onCancel={quoting === "" ? undefined : endQuote}
        onEditLast={editLast}
        onTyping={sayTyping}
        autoFocus={isQuoting || (threadRoot !== null && isAtDesk()) || undefined}
        onSend={(body) => {
          onSend(body, { replyTo: quoting || null, threadRoot });
          endQuote();
          if (body.includes("@")) setSaid({ body });
        }}
      />
    </>
  );
}
