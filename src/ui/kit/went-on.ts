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
    const fields = document.querySelectorAll<HTMLElement>("[data-first-focus]");
    return (matchMedia("(pointer: fine)").matches && fields[fields.length - 1]) || false;
  };
}
