"use client";

import ArrowUp from "lucide-react/icons/arrow-up";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useSyncExternalStore } from "react";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { bodyOf, isBlank, lengthOf } from "./body.ts";

type Props = { roomId: string; label: string; onSend: (body: string) => void };

/** Where one writes. What is typed is the room's draft until it is sent. */
export function Composer({ roomId, label, onSend }: Props) {
  const { drafts, limits } = useChat();
  const hintId = useId();
  const isHydrated = useHydrated();
  const text = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.get(roomId),
    () => "",
  );
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => focusIfFree(field.current), []);
  const body = bodyOf(text);
  const length = lengthOf(body);
  const isOver = length > limits.messageMaxLength;
  const canSend = !isBlank(body) && !isOver;

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSend) return;
    onSend(body);
    drafts.set(roomId, "");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: some input methods say so instead of isComposing, and their Enter picks a word.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return (
    <form className="composer" aria-label={`Write in ${label}`} method="post" onSubmit={send}>
      <textarea
        ref={field}
        // Where the box cannot grow with its content by itself, it grows with the lines.
        rows={Math.min(text.split("\n").length, 12)}
        aria-label={`Message ${label}`}
        aria-describedby={hintId}
        aria-invalid={isOver || undefined}
        placeholder={`Message ${label}`}
        value={text}
        readOnly={!isHydrated}
        onChange={(event) => drafts.set(roomId, event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p id={hintId} className={isOver ? "hint over" : "hint"} aria-live="polite">
        {isOver && `${count(length)} of ${count(limits.messageMaxLength)} characters. Shorten it, or send it in parts.`}
      </p>
      <button type="submit" className="send" aria-label="Send" disabled={!canSend}>
        <ArrowUp className="i l" />
      </button>
    </form>
  );
}

function count(characters: number): string {
  return characters.toLocaleString("en-GB");
}

/** Ready to type, unless one is somewhere already, or a keyboard would jump up on a phone. */
function focusIfFree(field: HTMLElement | null): void {
  if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) field?.focus();
}
