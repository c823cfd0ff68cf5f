"use client";

import { useEffect, useState } from "react";
import { type EmojiEntry, loadShortcodes } from "./shortcodes.ts";

export type Match = { emoji: string; label: string };

const TONES = ["none", "light", "medium-light", "medium", "medium-dark", "dark"];
const NONE: readonly Match[] = [];

/** What a search most likely means, best first, in this skin tone; nothing while nothing is asked. The picker's own list is by group. */
export function useBestMatches(query: string, tone: string, most: number): readonly Match[] {
  const [found, setFound] = useState<readonly EmojiEntry[]>([]);
  const asked = query.trim();
  useEffect(() => {
    let isOver = false;
    const take = (entries: readonly EmojiEntry[]) => !isOver && setFound(entries);
    // What cannot be fetched the list below says by itself.
    if (asked)
      loadShortcodes().then(
        ({ search }) => take(search(asked, most)),
        () => take([]),
      );
    return () => {
      isOver = true;
    };
  }, [asked, most]);
  return asked ? found.map((entry) => ({ emoji: inTone(entry, tone), label: entry.label })) : NONE;
}

function inTone({ emoji, skins }: EmojiEntry, tone: string): string {
  return skins?.find((skin) => skin.tone === TONES.indexOf(tone))?.emoji ?? emoji;
}
