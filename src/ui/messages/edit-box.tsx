"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Message } from "#shared/messages.ts";
import { Composer } from "#ui/composer/composer.tsx";
import { editDraft } from "#ui/composer/drafts.ts";
import { useConversation } from "./conversation.ts";
import { useCandidates } from "./use-candidates.tsx";
import { useMessageActs } from "./use-message-acts.ts";

/** A message while it is being changed, in its own place. */
export function EditBox({ message }: { message: Message }) {
  const { conversation, label } = useConversation();
  const acts = useMessageActs();
  const candidates = useCandidates(message.roomId);
  // Asked while rendering: afterwards the focus is in here.
  const [from] = useState(() => document.activeElement);
  const [isNew] = useState(() => conversation.getState().isEditNew);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    conversation.noteEditing();
    if (isNew) box.current?.scrollIntoView({ block: "nearest" });
  }, [conversation, isNew]);
  const goBack = () => {
    if (from instanceof HTMLTextAreaElement && from.isConnected) from.focus({ preventScroll: true });
    else focusRow(message.id);
  };
  const leave = () => {
    conversation.edit(null);
    goBack();
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    const { target } = event;
    // The Enter of an input method picks a word: see the composer.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    // Nothing left to say: that is a wish to delete it, which is asked about.
    if (event.key !== "Enter" || event.shiftKey || !(target instanceof HTMLTextAreaElement) || target.value.trim())
      return;
    event.preventDefault();
    event.stopPropagation();
    leave();
    void acts.remove(message);
  };
  return (
    <div ref={box} className="edit-box" onKeyDownCapture={onKeyDownCapture}>
      <Composer
        roomId={message.roomId}
        label={label}
        draftKey={editDraft(message.id)}
        placeholder="Edit message"
        initialText={message.body}
        onSend={(body) => {
          void acts.saveEdit(message, body);
          goBack();
        }}
        onCancel={leave}
        candidates={candidates}
        autoFocus={isNew}
      />
    </div>
  );
}

/** To the row, so that the keyboard goes on from there. */
function focusRow(messageId: string): void {
  document.querySelector<HTMLElement>(`[data-message="${messageId}"]`)?.focus({ preventScroll: true });
}
