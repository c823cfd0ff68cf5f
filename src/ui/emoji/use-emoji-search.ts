"use client";

import { type KeyboardEvent, useEffect, useState } from "react";
import { type EmojiEntry, loadShortcodes } from "./shortcodes.ts";

export type EmojiMatch = { emoji: string; label: string };
export type EmojiSearch = ReturnType<typeof useEmojiSearch>;

type Options = { tone: string; columns: number; onPick: (emoji: string) => void };

/** More than this nobody reads to the end. */
const MOST = 64;
const TONES = ["none", "light", "medium-light", "medium", "medium-dark", "dark"];

/** What is asked for among the emoji, what was found, and which of it Enter takes. `found` is null until the data is here. */
export function useEmojiSearch({ tone, columns, onPick }: Options) {
  const [query, setQuery] = useState("");
  const [entries, setEntries] = useState<readonly EmojiEntry[] | null>(null);
  const [wanted, point] = useState(0);
  const asked = query.trim();
  useEffect(() => {
    if (!asked) return;
    let isOver = false;
    const take = (found: readonly EmojiEntry[]) => isOver || setEntries(found);
    // Without the data nothing is found; the next letter asks for it again.
    loadShortcodes().then(
      ({ search }) => take(search(asked, MOST)),
      () => take([]),
    );
    return () => {
      isOver = true;
    };
  }, [asked]);
  const found = entries?.map((entry): EmojiMatch => ({ emoji: inTone(entry, tone), label: entry.label })) ?? null;
  const count = found?.length ?? 0;
  const at = Math.min(wanted, Math.max(0, count - 1));
  const ask = (text: string) => {
    setQuery(text);
    point(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter of an input method picks a word: see the composer.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || !found) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const current = found[at];
    if (step) point(Math.max(0, Math.min(count - 1, at + step)));
    else if (event.key === "Enter" && current) onPick(current.emoji);
    else return;
    event.preventDefault();
  };
  return { query, isAsked: asked !== "", found, at, ask, point, onKeyDown };
}

function inTone({ emoji, skins }: EmojiEntry, tone: string): string {
  return skins?.find((skin) => skin.tone === TONES.indexOf(tone))?.emoji ?? emoji;
}
