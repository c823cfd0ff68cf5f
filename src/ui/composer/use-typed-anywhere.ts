"use client";

import { useEffect } from "react";
import { firstFocusOf } from "#ui/kit/went-on.ts";

/** What lies over the page, and has keys of its own. */
const OVER = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const FIELDS = "input, textarea, select";
/** They scroll, press buttons, and show the keys. */
const OTHERWISE_TAKEN = new Set([" ", "?"]);

/**
 * Whoever types with nothing in hand means this composer: after a press on a message, a button, or on nothing at all. After a
 * press in a panel that has a composer of its own, a thread, that one is meant.
 */
export function useTypedAnywhere(draftKey: string, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const stop = new AbortController();
    const { signal } = stop;
    // Asked when it comes: with the next key a browser calls it visible, whatever brought it there.
    let byKeyboard: EventTarget | null = null;
    const onFocus = ({ target }: FocusEvent) => {
      byKeyboard = target instanceof Element && target.matches(":focus-visible") ? target : null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const { activeElement } = document;
      // A keyboard leaves the focus where it is wanted, and letters may act there.
      const isHeld = activeElement !== null && (activeElement === byKeyboard || activeElement.matches(FIELDS));
      if (!isLetter(event) || isHeld || document.querySelector(OVER)) return;
      const beside = activeElement?.closest(".panel")?.querySelector<HTMLElement>("[data-first-focus]");
      (beside ?? firstFocusOf(draftKey))?.focus();
    };
    document.addEventListener("focusin", onFocus, { signal });
    // The focus comes before the letter does.
    document.addEventListener("keydown", onKeyDown, { signal });
    return () => stop.abort();
  }, [draftKey, isOn]);
}

function isLetter(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  return [...event.key].length === 1 && !OTHERWISE_TAKEN.has(event.key);
}
