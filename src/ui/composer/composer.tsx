"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { CandidateList, candidateId } from "./candidate-list.tsx";
import { type ComposerCandidates, NO_CANDIDATES } from "./candidates.ts";
import { ComposerEnd } from "./composer-end.tsx";
import { ComposerNotes } from "./composer-notes.tsx";
import { ComposerTools } from "./composer-tools.tsx";
import { ReplyStrip } from "./reply-strip.tsx";
import { useAutocomplete } from "./use-autocomplete.ts";
import { useFocus } from "./use-focus.ts";
import { useWriting } from "./use-writing.ts";

export type ComposerProps = {
  roomId: string;
  /** Where it goes: "#lobby". */
  label: string;
  onSend: (body: string) => void;
  /** Whose draft it is, when that is not the room's: `threadDraft`, `editDraft`. */
  draftKey?: string | undefined;
  /** What the field is called and says while it is empty: "Message #lobby" if nothing else. */
  placeholder?: string | undefined;
  /** Given, this is an edit: it begins with these words, and saves. */
  initialText?: string | undefined;
  /** What is answered, shown over the field. */
  replyingTo?: ReactNode;
  /** Out of the edit, or of the reply. The text of a reply stays. */
  onCancel?: (() => void) | undefined;
  /** ↑ in an empty field. */
  onEditLast?: (() => void) | undefined;
  /** Each time that something is typed; whoever tells others does so less often. */
  onTyping?: (() => void) | undefined;
  candidates?: ComposerCandidates | undefined;
  /** True: at once. Left out: when nothing else has the focus, and no keyboard would jump up. */
  autoFocus?: boolean | undefined;
};

/** Where one writes, in a room, a thread and an edit. What is typed is the draft of its place until it is sent. */
export function Composer(props: ComposerProps) {
  const draftKey = props.draftKey ?? props.roomId;
  // One field per place: neither what Ctrl+Z remembers nor an open list wanders to the next.
  return <Writing key={draftKey} {...props} draftKey={draftKey} />;
}

function Writing(props: ComposerProps & { draftKey: string }) {
  const { label, placeholder = `Message ${label}`, replyingTo, initialText } = props;
  const [hintId, listId] = [useId(), useId()];
  const field = useRef<HTMLTextAreaElement>(null);
  const autocomplete = useAutocomplete(field, props.candidates ?? NO_CANDIDATES);
  const { text, length, isOver, canSend, isHydrated, send, cancel, ...typing } = useWriting(props, autocomplete);
  const { onFocus, onBlur } = useFocus(field, props.draftKey, props.autoFocus);
  const isEdit = initialText !== undefined;
  useEffect(() => {
    if (isEdit) field.current?.setSelectionRange(initialText.length, initialText.length);
  }, [isEdit, initialText]);
  const { isOpen, at, look, close } = autocomplete;
  return (
    <form
      className={isEdit ? "composer edits" : "composer"}
      aria-label={isEdit ? "Edit your message" : (props.placeholder ?? `Write in ${label}`)}
      method="post"
      onSubmit={send}
    >
      <CandidateList id={listId} autocomplete={autocomplete} />
      {replyingTo && <ReplyStrip onCancel={cancel}>{replyingTo}</ReplyStrip>}
      <textarea
        {...typing}
        ref={field}
        data-first-focus={isEdit ? undefined : props.draftKey}
        // Where the box cannot grow with its content by itself, it grows with the lines.
        rows={Math.min(text.split("\n").length, 12)}
        aria-label={placeholder}
        aria-describedby={hintId}
        aria-invalid={isOver || undefined}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? candidateId(listId, at) : undefined}
        placeholder={placeholder}
        value={text}
        readOnly={!isHydrated}
        // Words that are only taken up again ask for no suggestions.
        onSelect={text === initialText && !isOpen ? undefined : look}
        onFocus={onFocus}
        onBlur={() => {
          onBlur();
          close();
        }}
      />
      <ComposerTools field={field} isPlain={!isEdit} />
      <ComposerNotes id={hintId} length={length} isOver={isOver} autocomplete={autocomplete} />
      <ComposerEnd canSend={canSend} onCancel={isEdit ? cancel : undefined} />
    </form>
  );
}
