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
    return firstFocus("[data-first-focus]") ?? false;
  };
}

/** Where one writes in this place, by the key of its draft. */
export function firstFocusOf(draftKey: string): HTMLElement | undefined {
  return firstFocus(`[data-first-focus="${CSS.escape(draftKey)}"]`);
}

function firstFocus(selector: string): HTMLElement | undefined {
  if (!matchMedia("(pointer: fine)").matches) return undefined;
  return [...document.querySelectorAll<HTMLElement>(selector)].at(-1);
}
