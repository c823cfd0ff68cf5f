"use client";

import { type RefObject, useEffect, useRef } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";

/** Takes the focus where that is wanted; and while it is here, keeps other tabs from changing the draft. */
export function useFocus(
  field: RefObject<HTMLTextAreaElement | null>,
  draftKey: string,
  autoFocus: boolean | undefined,
): { onFocus: () => void; onBlur: () => void } {
  const { drafts } = useChat();
  const release = useRef<() => void>(() => {});
  const onBlur = () => {
    release.current();
    release.current = () => {};
  };
  const onFocus = () => {
    onBlur();
    release.current = drafts.hold(draftKey);
  };
  useEffect(() => {
    const target = field.current;
    if (autoFocus || (autoFocus === undefined && isFree())) goOn(target);
    // Typed into before React answered, or focused by the line above before React listened: the event is missed.
    if (target && document.activeElement === target) {
      release.current();
      release.current = drafts.hold(draftKey);
    }
    return () => release.current();
  }, [field, drafts, draftKey, autoFocus]);
  return { onFocus, onBlur };
}

/** Ready to type, unless one is somewhere already, or a keyboard would jump up on a phone. A row of the list that was just chosen is no place to be. */
function isFree(): boolean {
  const { activeElement, body } = document;
  return (activeElement === body || activeElement?.closest("nav") != null) && matchMedia("(pointer: fine)").matches;
}

/** Behind what one had written. */
function goOn(field: HTMLTextAreaElement | null): void {
  if (!field || field === document.activeElement) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
