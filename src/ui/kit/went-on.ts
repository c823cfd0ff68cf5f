"use client";

import { useRef } from "react";

/**
 * Where the focus goes when something that floats closes. Back to where it came from, unless one went on somewhere from
 * here (a room was made, a thread opened): then to where one writes there, marked `data-first-focus`; what is typed next
 * must not land on the button that opened this. A finger's keyboard waits until a field is touched.
 */
export function useWentOn(isOpen: boolean, back: () => HTMLElement | true): () => HTMLElement | boolean {
  const from = useRef<string | null>(null);
  if (isOpen) from.current ??= location.href;
  return () => {
    const hasGone = from.current !== null && from.current !== location.href;
    from.current = null;
    if (!hasGone) return back();
    return firstFocus() ?? false;
  };
}

/** What had the focus has gone with what was done (a message's bar, with the message): one goes on writing. */
export function focusIfLost(): void {
  if (document.activeElement === document.body) firstFocus()?.focus({ preventScroll: true });
}

function firstFocus(): HTMLElement | undefined {
  if (!matchMedia("(pointer: fine)").matches) return undefined;
  return [...document.querySelectorAll<HTMLElement>("[data-first-focus]")].at(-1);
}
