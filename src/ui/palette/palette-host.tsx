"use client";

import { useEffect, useSyncExternalStore } from "react";
import { usePart } from "#ui/kit/part.ts";
import { openDialog } from "#ui/rooms/dialog-store.ts";
import { closePalette, openPalette, palette, palettePart, warmPalette } from "./palette-store.ts";

/** Where the palette opens, and the keys that work everywhere. Its code is fetched with the first opening. */
export function PaletteHost() {
  const isOpen = useSyncExternalStore(palette.subscribe, palette.get, () => false);
  useEffect(() => {
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  const Palette = usePart(palettePart, isOpen, closePalette);
  return Palette && <Palette isOpen={isOpen} onClose={closePalette} />;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return;
  // K may follow, and letters right behind it: they must not land in the composer.
  if (event.key === "Control" || event.key === "Meta") warmPalette();
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (palette.get()) closePalette();
    else openPalette();
  } else if ((isCommand && event.key === "/") || (!isCommand && event.key === "?" && !isWriting(event.target))) {
    event.preventDefault();
    openDialog({ name: "keys" });
  }
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
